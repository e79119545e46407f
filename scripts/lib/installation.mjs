// A running Voltlet: database, signer, worker, web. Start and test bring it up in the same way.
import { existsSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { preparePostgres, untilReady } from "../postgres.mjs";
import {
  addressFor,
  dropDatabaseNamed,
  MIGRATOR,
  makeLogins,
  makeMigrator,
  PROCESS_ROLES,
} from "./database-roles.mjs";
import { environmentsOf, testEnvironmentOf } from "./environments.mjs";
import { lockFolder } from "./folder-lock.mjs";
import { makeFolders, root, signerSocketOf } from "./layout.mjs";
import { makeReadingMonths, migrate } from "./migrations.mjs";
import { canConnect } from "./ports.mjs";
import { SayAndStop } from "./say-and-stop.mjs";
import { secretFiles } from "./secret-files.mjs";
import { endSteps, runStep } from "./steps.mjs";
import { Supervisor } from "./supervisor.mjs";

const SIGNER_TIMEOUT_MS = 15_000;
const WEB_TIMEOUT_MS = 60_000;

export class Installation {
  /** The embedded server's superuser by database; undefined where the server is another's. */
  superuserUrl;
  #layout;
  #supervisor;
  #release;
  #secrets;

  constructor({ layout, report }) {
    this.#layout = layout;
    makeFolders(layout);
    this.#release = lockFolder(layout.run, layout.kind);
    this.#secrets = secretFiles(layout.secrets);
    this.#supervisor = new Supervisor({ layout, report });
  }

  /** Starts the embedded PostgreSQL and waits until it answers. */
  async startPostgres() {
    const place = { checkout: root, directory: this.#layout.postgres };
    const server = await preparePostgres(place);
    this.#supervisor.start({ name: "postgres", isDatabase: true, ...server });
    const pidFile = path.join(this.#layout.run, "postgres.pid");
    rmSync(pidFile, { force: true });
    symlinkSync(path.join(server.options.cwd, "postmaster.pid"), pidFile);
    await untilReady(server.urlOf("postgres"));
    this.superuserUrl = server.urlOf;
  }

  /** Makes a database of the embedded server and gives its migrator's address. */
  async makeDatabase(database, { anew = false } = {}) {
    const { superuserUrl } = this;
    const password = this.#secrets.text("database-migrator");
    if (anew) await dropDatabaseNamed({ superuserUrl, database });
    await makeMigrator({ superuserUrl, database, password });
    return addressFor(superuserUrl(database), MIGRATOR, password);
  }

  /** Migrates and gives each process role's address: the one we are given, or a login of ours. */
  async prepareDatabase(migratorUrl, given = {}) {
    await migrate(migratorUrl);
    await makeReadingMonths(migratorUrl);
    const ours = PROCESS_ROLES.filter((role) => !given[role]);
    const passwords = Object.fromEntries(
      ours.map((role) => [role, this.#secrets.text(`database-${role}`)]),
    );
    return { ...given, ...(await makeLogins({ migratorUrl, passwords })) };
  }

  /**
   * The environments of the processes. `baseUrl` is the address that people type; a production
   * installation gets no secret of practice money.
   */
  environments({ addresses, baseUrl, isProduction = false }) {
    return environmentsOf({ ...this.#inputs({ addresses, baseUrl }), isProduction });
  }

  testEnvironment({ addresses, baseUrl, migratorUrl }) {
    const superuserUrl = this.superuserUrl(new URL(migratorUrl).pathname.slice(1));
    return testEnvironmentOf({
      ...this.#inputs({ addresses, baseUrl }),
      migratorUrl,
      superuserUrl,
    });
  }

  /** Starts the signer and waits until its socket accepts. */
  async startSigner(environments) {
    if (!this.#startBundle("signer", environments.signer)) return;
    const accepts = () => canConnect(environments.seed.SIGNER_SOCKET);
    await this.#until(accepts, { name: "signer", timeoutMs: SIGNER_TIMEOUT_MS });
  }

  startWorker(environments) {
    this.#startBundle("worker", environments.worker);
  }

  /** Starts the pages on a port and waits until `/readyz` says that all it needs is there. */
  async startWeb(environments, { port, host }) {
    const command = [process.execPath, path.join(root, "scripts/web.mjs"), String(port), host];
    const env = { ...environments.web, PORT: String(port) };
    this.#supervisor.start({ name: "web", command, options: { cwd: root, env } });
    const near = host === "0.0.0.0" ? "127.0.0.1" : host;
    const url = `http://${near}:${port}/readyz`;
    let last = "no answer";
    const isReady = async () => {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(
        () => undefined,
      );
      if (answer) last = await answer.text();
      return answer?.ok ?? false;
    };
    await this.#until(isReady, { name: "web", timeoutMs: WEB_TIMEOUT_MS, hint: () => last });
    // For `npm run setup`, which prints an address of ours.
    writeFileSync(this.#layout.siteUrlFile, environments.web.SITE_URL);
  }

  /**
   * Fills an empty database with the demo, through the product's own functions. A demo that is cut
   * off leaves a mark, for the embedded server's database can be made anew without asking anybody.
   */
  async seed(environments) {
    const { bundles, seedingMark } = this.#layout;
    if (this.superuserUrl) writeFileSync(seedingMark, "");
    const bundle = path.join(bundles, "seed.mjs");
    // A function keeps the plans it made while the tables were empty, when reading them whole was
    // cheapest; they are full before it asks again.
    const env = { ...environments.seed, PGOPTIONS: "-c enable_seqscan=off -c jit=off" };
    await runStep([process.execPath, "--enable-source-maps", bundle], { env });
    rmSync(seedingMark, { force: true });
  }

  /** Ends everything within five seconds and lets go of the folder. */
  async close() {
    endSteps();
    await this.#supervisor.stop();
    rmSync(this.#layout.siteUrlFile, { force: true });
    this.#release();
  }

  #inputs({ addresses, baseUrl }) {
    const layout = this.#layout;
    const signerSocket = signerSocketOf(layout);
    const isEmbedded = this.superuserUrl !== undefined;
    return { layout, addresses, secrets: this.#secrets, signerSocket, baseUrl, isEmbedded };
  }

  #startBundle(name, env) {
    const bundle = path.join(this.#layout.bundles, `${name}.mjs`);
    if (!existsSync(bundle)) return false;
    const command = [process.execPath, "--enable-source-maps", bundle];
    this.#supervisor.start({ name, command, options: { cwd: root, env } });
    return true;
  }

  async #until(isDone, { name, timeoutMs, hint = () => "" }) {
    for (const end = Date.now() + timeoutMs; !(await isDone()); await delay(50)) {
      if (Date.now() < end) continue;
      const log = path.relative(root, this.#supervisor.logOf(name));
      throw new SayAndStop(`The ${name} does not get ready (see ${log}). ${hint()}`);
    }
  }
}
