import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import {
  auditorEnv,
  operatorEnv,
  processEnv,
  seedEnv,
  setupEnv,
  signerEnv,
  testEnv,
  webEnv,
  workerEnv,
} from "./env";
import { log } from "./log";
import { PrismaClient } from "./prisma/client";

// Imported by `access`, `platform/jobs` and `signer/vault` alone (a dependency rule): whoever holds
// a pool can ask without a scope. Each role has a pool of its own, opened when first used.

type Role = "web" | "auth" | "worker" | "signer" | "auditor" | "operator";

// Small on purpose: the sum over all processes stays under PostgreSQL's default of 100.
const MOST_CONNECTIONS: Readonly<Record<Role, number>> = {
  web: 16,
  auth: 4,
  worker: 8,
  signer: 8,
  auditor: 2,
  operator: 1,
};
const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 30_000;
// Nothing of ours waits longer: a lock held for ever must not use up a pool's connections.
const STATEMENT_TIMEOUT_MS = 20_000;

type Held = { readonly pools: Map<Role, Pool>; readonly clients: WeakMap<Pool, PrismaClient> };

// In development Next.js evaluates modules anew on each change; the pools outlive that.
const globals = globalThis as typeof globalThis & { voltletDatabases?: Held };
globals.voltletDatabases ??= { pools: new Map(), clients: new WeakMap() };
const held = globals.voltletDatabases;

function connectionStringOf(role: Role): string {
  // The seed and the tests act for several roles at once and so hold several addresses.
  const process = processEnv().VOLTLET_PROCESS;
  const wide = process === "seed" ? seedEnv() : process === "test" ? testEnv() : undefined;
  switch (role) {
    case "web":
      return (wide ?? webEnv()).DATABASE_URL_WEB;
    case "auth":
      return (wide ?? (process === "setup" ? setupEnv() : webEnv())).DATABASE_URL_AUTH;
    case "worker":
      return (wide ?? workerEnv()).DATABASE_URL_WORKER;
    case "signer":
      return (wide ?? signerEnv()).DATABASE_URL_SIGNER;
    case "auditor":
      return (process === "test" ? testEnv() : auditorEnv()).DATABASE_URL_AUDITOR;
    case "operator":
      return (process === "test" ? testEnv() : operatorEnv()).DATABASE_URL;
  }
}

function poolOf(role: Role): Pool {
  const standing = held.pools.get(role);
  if (standing) return standing;
  const pool = new Pool({
    connectionString: connectionStringOf(role),
    application_name: `voltlet ${role}`,
    max: MOST_CONNECTIONS[role],
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
  });
  // Without a listener a connection that the server closes while idle would end the process.
  pool.on("error", (error) => log().warn({ role, code: errorCode(error) }, "connection lost"));
  held.pools.set(role, pool);
  return pool;
}

function errorCode(error: Error): string {
  return "code" in error ? String(error.code) : error.name;
}

export const webPool = (): Pool => poolOf("web");
/** Reads sessions and credentials; lives in the web process beside its pool. */
export const authPool = (): Pool => poolOf("auth");
export const workerPool = (): Pool => poolOf("worker");
export const signerPool = (): Pool => poolOf("signer");
/** Reads the audit trail of every organization, and nothing personal in it. */
export const auditorPool = (): Pool => poolOf("auditor");
/** The owner of the tables, for the operator's command lines alone. */
export const operatorPool = (): Pool => poolOf("operator");

/** The pool under which this process does the rooms' work: the worker's, or else the web's. */
export const runtimePool = (): Pool =>
  processEnv().VOLTLET_PROCESS === "worker" ? workerPool() : webPool();

/** One Prisma client for a pool, made at first use; it shares the pool's connections. */
export function prismaFor(pool: Pool): PrismaClient {
  const standing = held.clients.get(pool);
  if (standing) return standing;
  const client = new PrismaClient({ adapter: new PrismaPg(pool) });
  held.clients.set(pool, client);
  return client;
}

/** Ends every pool that was opened; for processes that stop and for tests. */
export async function closePools(): Promise<void> {
  const open = [...held.pools.values()];
  held.pools.clear();
  await Promise.all(open.map((pool) => pool.end()));
}
