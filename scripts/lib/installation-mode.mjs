// Practice or production: written once into the database, by the migrator at an operator's first
// start or by the demo. What runs reads it there.
import { withClient } from "./engine-adapter.mjs";

/**
 * As migrator, who owns the tables but sees no organization's rows: the mode (null as long as
 * nothing has decided it), and whether nobody and nothing is there yet.
 */
export function findState(migratorUrl) {
  return withClient(migratorUrl, async (client) => {
    const { rows } = await client.query(
      `select (select mode from installation_mode) as mode,
              not exists (select from app_user) and not exists (select from membership_directory)
                and not exists (select from meter_directory)
                and not exists (select from payment_endpoint) as "isEmpty"`,
    );
    return rows[0];
  });
}

/** As migrator: makes an installation that nothing has decided a production one; gives its mode. */
export function decideProduction(migratorUrl) {
  return withClient(migratorUrl, async (client) => {
    await client.query(
      `insert into installation_mode (mode, decided_at) values ('production', now())
       on conflict do nothing`,
    );
    const { rows } = await client.query("select mode from installation_mode");
    return rows[0].mode;
  });
}

/** Whether the migrations that a command needs have been there; as migrator. */
export function hasTable(migratorUrl, table) {
  return withClient(migratorUrl, async (client) => {
    const { rows } = await client.query("select to_regclass($1) is not null as found", [table]);
    return rows[0].found;
  });
}
