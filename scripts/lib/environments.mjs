// What each process is told. A process gets its own database address and its own secrets; what
// stands in our own environment of that kind is withheld from all of them.
import path from "node:path";

const WITHHELD =
  /^(DATABASE_URL.*|PG[A-Z]+|NEXTAUTH_SECRET|(PRACTICE|PAYMENT)_.*|SIGNER_.*)$|^VOLTLET_/;
/** How messages leave, with the mail server's password: the web sends them, nobody else. */
const OF_MESSAGES = [
  "SMTP_URL",
  "MAIL_FROM",
  "SMS_GATEWAY_URL",
  "SMS_GATEWAY_SECRET",
  "MESSAGE_TIMEOUT_MS",
];

/** The environment that every process shares: ours, less addresses and secrets. */
function commonEnvironment() {
  const entries = Object.entries(process.env).filter(
    ([name]) => !WITHHELD.test(name) && ![...OF_MESSAGES, "LOCAL_OUTBOX_FILE"].includes(name),
  );
  return { ...Object.fromEntries(entries), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
}

/**
 * The ways that messages leave by. The embedded default without a mail server keeps them in a file,
 * as long as it is practice; an operator's installation has what the operator gave it.
 */
function messageEnvironment({ layout, isEmbedded, isProduction }) {
  // Tests send nothing to the outside, whatever stands in the environment of who runs them.
  const given = layout.kind === "test" ? {} : process.env;
  const ways = Object.fromEntries(OF_MESSAGES.map((name) => [name, given[name] ?? ""]));
  const isLocal = isEmbedded && !isProduction && !ways.SMTP_URL;
  return { ...ways, LOCAL_OUTBOX_FILE: isLocal ? layout.outboxFile : "" };
}

/**
 * The environments of web, worker, signer and seed. `addresses` are the database's by role,
 * `secrets` is `secretFiles(…)`, `signerSocket` a path, `baseUrl` what people type. A production
 * installation (`isProduction`) has no practice money and so no secret of its provider;
 * `isEmbedded` says that the database is our own server's.
 */
export function environmentsOf(inputs) {
  const { layout, addresses, secrets, signerSocket, baseUrl } = inputs;
  const { isProduction = false, isEmbedded = false } = inputs;
  const common = commonEnvironment();
  const practiceSecret = () => ({ PRACTICE_PROVIDER_SECRET: secrets.text("practice-provider") });
  const practice = isProduction ? {} : practiceSecret();
  const shared = { ...common, SITE_URL: baseUrl, SIGNER_SOCKET: signerSocket };
  // What providers' credentials are sealed under: the web's and the worker's, never the signer's.
  const payments = { PAYMENT_KEY_FILE: secrets.keyFile("payment-key") };
  return {
    web: {
      ...shared,
      ...practice,
      ...payments,
      ...messageEnvironment({ layout, isEmbedded, isProduction }),
      // Next.js reads .env files itself; a name that is set to nothing is not taken from there.
      DATABASE_URL: "",
      VOLTLET_PROCESS: "web",
      DATABASE_URL_WEB: addresses.web,
      DATABASE_URL_AUTH: addresses.auth,
      NEXTAUTH_SECRET: secrets.text("web-secret"),
      NEXTAUTH_URL: baseUrl,
      NEXT_DIST_DIR: layout.pages,
      DEMO_FILE: layout.demoFile,
    },
    worker: {
      ...shared,
      ...practice,
      ...payments,
      VOLTLET_PROCESS: "worker",
      DATABASE_URL_WORKER: addresses.worker,
    },
    signer: {
      ...common,
      SIGNER_SOCKET: signerSocket,
      VOLTLET_PROCESS: "signer",
      DATABASE_URL_SIGNER: addresses.signer,
      SIGNER_KEK_FILE: secrets.keyFile("signer-kek"),
      SIGNER_FOLDER: path.resolve(layout.signer),
    },
    seed: {
      ...shared,
      ...practice,
      VOLTLET_PROCESS: "seed",
      DATABASE_URL_WEB: addresses.web,
      DATABASE_URL_AUTH: addresses.auth,
      DATABASE_URL_WORKER: addresses.worker,
      DATABASE_URL_SIGNER: addresses.signer,
      DEMO_FILE: layout.demoFile,
    },
  };
}

/**
 * For tests: every role's address, the owner's included, and where processes stand. Journeys look
 * past every policy, and make a quote old, as the test server's superuser; nobody else gets it.
 */
export function testEnvironmentOf({ layout, addresses, migratorUrl, superuserUrl, ...rest }) {
  const { seed, signer, web } = environmentsOf({ layout, addresses, ...rest });
  return {
    ...seed,
    NODE_ENV: "test",
    VOLTLET_PROCESS: "test",
    DATABASE_URL: migratorUrl,
    DATABASE_URL_SUPERUSER: superuserUrl,
    DATABASE_URL_AUDITOR: addresses.auditor,
    SIGNER_KEK_FILE: signer.SIGNER_KEK_FILE,
    NEXTAUTH_SECRET: web.NEXTAUTH_SECRET,
    PAYMENT_KEY_FILE: web.PAYMENT_KEY_FILE,
    LOCAL_OUTBOX_FILE: web.LOCAL_OUTBOX_FILE,
    VOLTLET_RUN: path.resolve(layout.run),
  };
}
