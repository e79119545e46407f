import path from "node:path";
import { defineConfig } from "prisma/config";

// The stock CLI downloads its engine; ours is the official WebAssembly build from the registry.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(
  import.meta.dirname,
  "scripts/schema-engine.mjs",
);
process.env.CHECKPOINT_DISABLE ??= "1";

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://nobody@127.0.0.1:1/none" },
});
