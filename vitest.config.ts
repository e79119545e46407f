import path from "node:path";
import { defineConfig } from "vitest/config";

// `server-only` throws outside Next.js on purpose; a test is the server.
const alias = {
  "@": import.meta.dirname,
  "server-only": path.join(import.meta.dirname, "scripts/lib/empty-module.mjs"),
};
const exclude = ["**/node_modules/**", "**/.next*/**", "**/.build/**", "**/.data/**", "e2e/**"];

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...exclude, "**/*.db.test.ts"],
        },
      },
      {
        extends: true,
        // One database serves all of them: files run one after another, so that a test may count
        // rows and a crash test may stop a process.
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude,
          fileParallelism: false,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        // Kills the processes of a whole installation, which `npm test` brings up for it. Another
        // ending than .test.ts, which Playwright would take for its own.
        test: {
          name: "crash",
          include: ["e2e/crash/*.vitest.ts"],
          exclude: exclude.filter((pattern) => pattern !== "e2e/**"),
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
