// An installation as people have it, in a database made anew: for journeys, crash test, benchmarks.
import { freePort } from "./ports.mjs";

const HOST = "127.0.0.1";

/**
 * Brings up signer, demo, worker and web on a new `database` of the installation's own server, and
 * gives the environment in which tests look at all of it. `setUp(name, work)` times each step;
 * `web` is added to the web's environment.
 */
export async function bringUp(installation, { database, setUp, web = {} }) {
  const port = await freePort(HOST);
  const baseUrl = `http://localhost:${port}`;
  const inputs = await setUp("database", async () => {
    const migratorUrl = await installation.makeDatabase(database, { anew: true });
    return { migratorUrl, addresses: await installation.prepareDatabase(migratorUrl) };
  });
  await setUp("signer, demo, worker, web", async () => {
    const environments = installation.environments({ ...inputs, baseUrl });
    await installation.startSigner(environments);
    await installation.seed(environments);
    installation.startWorker(environments);
    const ready = { ...environments, web: { ...environments.web, ...web } };
    await installation.startWeb(ready, { port, host: HOST });
  });
  return installation.testEnvironment({ ...inputs, baseUrl });
}
