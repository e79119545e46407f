// The database access that schema-engine.mjs hands to Prisma's WebAssembly engine. The migration
// support that @prisma/adapter-pg has itself splits scripts at every ';' (breaking $$ bodies),
// connects its shadow database to the main one when given a URL, and drops it while connected.
import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

const CONNECT_TIMEOUT_MS = 8_000;
const OID_CHAR = 18;
const OID_TEXT = 25;

const quoted = (name) => pg.escapeIdentifier(name);

/** Runs `work` with one connection to `url` and closes it in any case. */
export async function withClient(url, work) {
  const connectionTimeoutMillis = CONNECT_TIMEOUT_MS;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server's maintenance database, and the name of the one that `url` means. */
function maintenanceOf(url) {
  const address = new URL(url);
  const name = decodeURIComponent(address.pathname.slice(1));
  address.pathname = "/postgres";
  address.searchParams.delete("schema");
  return { url: address.href, name };
}

/** Creates the database that `url` names unless it exists; gives its name. */
export async function createDatabase(url) {
  const { url: maintenance, name } = maintenanceOf(url);
  await withClient(maintenance, async (client) => {
    const found = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`create database ${quoted(name)}`);
  });
  return name;
}

/** Drops the database that `url` names, and whoever is connected to it. */
export async function dropDatabase(url) {
  const { url: maintenance, name } = maintenanceOf(url);
  const statement = `drop database if exists ${quoted(name)} with (force)`;
  await withClient(maintenance, (client) => client.query(statement));
}

// The engine reads the catalogs' one-byte "char" type to describe a database; the adapter refuses
// that type. So it is passed through as text and its column typed as a character again.
function teachCharType(queryable) {
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf(queryable));
  if (prototype.knowsChar) return;
  const { queryRaw, performIO } = prototype;
  prototype.knowsChar = true;
  prototype.queryRaw = async function queryRawWithChar(query) {
    const charColumns = [];
    const askAsText = async (statement) => {
      const answer = await performIO.call(this, statement);
      for (const [index, field] of answer.fields.entries()) {
        if (field.dataTypeID !== OID_CHAR) continue;
        field.dataTypeID = OID_TEXT;
        charColumns.push(index);
      }
      return answer;
    };
    const self = Object.create(this, { performIO: { value: askAsText } });
    const result = await queryRaw.call(self, query);
    for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
}

/** Opens connections for the engine: to the database, and to a shadow that is made and dropped. */
export class EngineAdapterFactory {
  provider = "postgres";
  adapterName = "@prisma/adapter-pg";

  constructor(url, shadowUrl) {
    this.url = url;
    this.shadowUrl = shadowUrl;
    this.schema = new URL(url).searchParams.get("schema") ?? undefined;
  }

  connect() {
    return this.open(this.url);
  }

  async connectToShadowDb() {
    if (this.shadowUrl) return this.open(this.shadowUrl);
    const address = new URL(this.url);
    address.pathname = `/prisma_migrate_shadow_db_${randomUUID()}`;
    await createDatabase(address.href);
    return this.open(address.href, () => dropDatabase(address.href));
  }

  async open(url, onDispose) {
    const factory = new PrismaPg({ connectionString: url, max: 1 }, { schema: this.schema });
    const adapter = await factory.connect();
    teachCharType(adapter);
    const dispose = adapter.dispose.bind(adapter);
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        adapter.onError(error);
      }
    };
    adapter.dispose = async () => {
      await dispose();
      await onDispose?.();
    };
    return adapter;
  }
}
