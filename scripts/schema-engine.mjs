#!/usr/bin/env node
// Speaks the JSON-RPC dialect that the prisma CLI expects of its `schema-engine` binary, and
// answers with the same engine compiled to WebAssembly (npm: @prisma/schema-engine-wasm), so that
// migrations download nothing but packages. prisma.config.ts points the CLI here.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import {
  createDatabase,
  dropDatabase,
  EngineAdapterFactory,
  withClient,
} from "./lib/engine-adapter.mjs";

const require = createRequire(import.meta.url);
const ENGINE = "@prisma/schema-engine-wasm";
// What the CLI's child exits with after a panic; it then shows the message we logged.
const EXIT_PANIC = 101;
const JSON_RPC_USER_ERROR = 4466;

const { values: options, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  strict: false,
  options: {
    version: { type: "boolean", short: "V" },
    datamodels: { type: "string", multiple: true },
    datasource: { type: "string" },
    "enabled-preview-features": { type: "string" },
    "extension-types": { type: "string" },
  },
});
const datasource = options.datasource ? JSON.parse(options.datasource) : {};

function log(level, fields) {
  const line = {
    timestamp: new Date().toISOString(),
    level,
    fields,
    target: "schema_engine::logger",
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** Prisma's own error codes for what can be wrong with a connection. */
function userError(error) {
  switch (error.code) {
    case "3D000":
      return { error_code: "P1003", message: "The database does not exist" };
    case "28P01":
    case "28000":
      return { error_code: "P1000", message: "Authentication failed against the database server" };
    case "ECONNREFUSED":
    case "ENOTFOUND":
      return { error_code: "P1001", message: "Can't reach the database server" };
    default:
      return { error_code: "P1010", message: error.message };
  }
}

/** `schema-engine cli <command>`: one question, answered by the exit code. */
async function answerOnce(command) {
  try {
    process.stderr.write("\n");
    if (command === "can-connect-to-database") await ping(datasource.url);
    if (command === "create-database") await createDatabase(datasource.url);
    if (command === "drop-database") await dropDatabase(datasource.url);
    process.exit(0);
  } catch (error) {
    log("ERROR", { ...userError(error), is_panic: false });
    process.exit(1);
  }
}

const ping = (url) => withClient(url, (client) => client.query("select 1"));

const partOfEngine = (name) =>
  readFileSync(path.join(path.dirname(require.resolve(`${ENGINE}/schema_engine_bg`)), name));

function instantiateWasm() {
  const module = new WebAssembly.Module(partOfEngine("schema_engine_bg.wasm"));
  const instance = new WebAssembly.Instance(module, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

let panicMessage;
let engine;

async function startEngine() {
  instantiateWasm();
  const url = datasource.url || "postgresql://nobody@127.0.0.1:1/none";
  const factory = new EngineAdapterFactory(url, datasource.shadowDatabaseUrl);
  const datamodels = options.datamodels?.map((file) => [file, readFileSync(file, "utf8")]);
  const debug = (message) => {
    if (process.env.DEBUG?.includes("schema-engine")) log("DEBUG", { message });
  };
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => {
      panicMessage = message;
    },
  };
  return glue.SchemaEngine.new({ datamodels }, debug, bindMigrationAwareSqlAdapterFactory(factory));
}

const reply = (message) =>
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

// The engine asks the CLI to print a diff by a request of its own; ids must differ from the CLI's.
let printId = 1_000_000;

async function resultOf({ method, params }) {
  const url = params?.datasource?.url ?? datasource.url;
  if (method === "createDatabase") return { databaseName: await createDatabase(url) };
  if (method === "ensureConnectionValidity") {
    await ping(url);
    return {};
  }
  engine ??= startEngine();
  const running = await engine;
  const name = method === "getDatabaseVersion" ? "version" : method;
  if (typeof running[name] !== "function") throw new Error(`unsupported method ${method}`);
  // The engine can evaluate only a history that it has replayed before, in a shadow database; after
  // `migrate dev` has applied something that is another history than the one it diagnosed at first.
  if (method === "evaluateDataLoss") await running.devDiagnostic(historyOf(params));
  const result = (await running[name](params)) ?? {};
  if (method === "diff" && result.stdout != null) {
    reply({ id: printId++, method: "print", params: { content: result.stdout } });
  }
  return result;
}

const historyOf = ({ migrationsList, filters }) => ({ migrationsList, filters });

function errorData(error) {
  try {
    const { is_panic, message, meta, error_code } = JSON.parse(error.message ?? error);
    return { is_panic: Boolean(is_panic), message, meta, error_code: error_code ?? null };
  } catch {
    const known = error.code && datasource.url ? userError(error) : undefined;
    const plain = { message: String(error.message ?? error), error_code: null };
    return { is_panic: false, ...(known ?? plain) };
  }
}

async function handle(request) {
  try {
    reply({ id: request.id, result: await resultOf(request) });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      log("ERROR", { message: panicMessage ?? String(error), is_panic: true });
      process.exit(EXIT_PANIC);
    }
    const message = "An error happened. Check the data field for details.";
    reply({
      id: request.id,
      error: { code: JSON_RPC_USER_ERROR, message, data: errorData(error) },
    });
  }
}

if (options.version) {
  console.log("schema-engine-wasm", JSON.parse(partOfEngine("package.json")).version);
} else if (positionals[0] === "cli") {
  await answerOnce(positionals[1]);
} else {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    const message = JSON.parse(line);
    if (message.method) handle(message);
  });
  lines.on("close", () => process.exit(0));
}
