import { z } from "zod";

// The only reader of process.env. Each process parses its own part, when it first asks, so that the
// worker does not demand the web's variables and a build demands none.

const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgresql://");
const port = z.coerce.number().int().min(0).max(65_535);
const secret = z.string().min(32, "must have at least 32 characters");

const everyProcess = z.object({
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  NODE_ENV: z.enum(["production", "development", "test"]).default("development"),
  QUOTE_VALID_SECONDS: z.coerce.number().int().min(10).max(86_400).default(900),
  VOLTLET_PROCESS: z
    .enum(["web", "worker", "signer", "auditor", "seed", "setup", "operator", "test"])
    .default("web"),
});

// Practice money's; a production installation has none.
const practiceSecret = secret.optional();

const webSchema = everyProcess.extend({
  PORT: port.default(3000),
  SITE_URL: z.url({ protocol: /^https?$/ }),
  DATABASE_URL_WEB: databaseUrl,
  DATABASE_URL_AUTH: databaseUrl,
  SIGNER_SOCKET: z.string().min(1),
  NEXTAUTH_SECRET: secret,
  PRACTICE_PROVIDER_SECRET: practiceSecret,
  PAYMENT_KEY_FILE: z.string().min(1),
  /** Where the demo wrote its sign-ins and meters; only practice has one. */
  DEMO_FILE: z.string().min(1).optional(),
});

const workerSchema = everyProcess.extend({
  SITE_URL: z.url({ protocol: /^https?$/ }),
  DATABASE_URL_WORKER: databaseUrl,
  SIGNER_SOCKET: z.string().min(1),
  PRACTICE_PROVIDER_SECRET: practiceSecret,
  PAYMENT_KEY_FILE: z.string().min(1),
});

const signerSchema = everyProcess.extend({
  DATABASE_URL_SIGNER: databaseUrl,
  SIGNER_SOCKET: z.string().min(1),
  SIGNER_KEK_FILE: z.string().min(1),
  /** Its own folder, mode 0700: the heads of the journal, kept beside the database. */
  SIGNER_FOLDER: z.string().min(1),
});

const auditorSchema = everyProcess.extend({
  DATABASE_URL_AUDITOR: databaseUrl,
  SIGNER_SOCKET: z.string().min(1),
});

/** The demo's seed acts for every process, against a practice database only. */
const seedSchema = everyProcess.extend({
  SITE_URL: z.url({ protocol: /^https?$/ }),
  DATABASE_URL_WEB: databaseUrl,
  DATABASE_URL_AUTH: databaseUrl,
  DATABASE_URL_WORKER: databaseUrl,
  DATABASE_URL_SIGNER: databaseUrl,
  SIGNER_SOCKET: z.string().min(1),
  PRACTICE_PROVIDER_SECRET: secret,
  DEMO_FILE: z.string().min(1),
});

/** `npm run setup` speaks for sign-in as whoever owns the database. */
const setupSchema = everyProcess.extend({
  SITE_URL: z.url({ protocol: /^https?$/ }),
  DATABASE_URL_AUTH: databaseUrl,
});

/** A command line of the operator's, as whoever owns the database. */
const operatorSchema = everyProcess.extend({ DATABASE_URL: databaseUrl });

/** Database tests play every role, the owner of the tables included. */
const testSchema = seedSchema
  .omit({ DEMO_FILE: true })
  .extend({ DATABASE_URL: databaseUrl, DATABASE_URL_AUDITOR: databaseUrl });

export type ProcessName = z.infer<typeof everyProcess>["VOLTLET_PROCESS"];

/**
 * Parses an environment with a schema and throws one line naming every variable that is missing or
 * wrong. Values are never repeated in the message, for most of them are secrets.
 */
export function parseEnv<Schema extends z.ZodType>(
  schema: Schema,
  source: Readonly<Record<string, string | undefined>>,
): z.infer<Schema> {
  // A variable that is set to nothing counts as unset: start withholds variables that way.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return given[name] === undefined ? `${name} is missing` : `${name}: ${issue.message}`;
  });
  throw new Error(`The environment is incomplete: ${faults.join("; ")}.`);
}

function lazily<Schema extends z.ZodType>(schema: Schema): () => Readonly<z.infer<Schema>> {
  let parsed: Readonly<z.infer<Schema>> | undefined;
  return () => {
    parsed ??= Object.freeze(parseEnv(schema, process.env));
    return parsed as Readonly<z.infer<Schema>>;
  };
}

/** How messages leave: a mail server, a gateway for text messages, or a file that a page shows. */
const messageSchema = z.object({
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).default("Voltlet <no-reply@localhost>"),
  SMS_GATEWAY_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMS_GATEWAY_SECRET: z.string().min(1).optional(),
  /** How long mail server and gateway may be silent. */
  MESSAGE_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  /** Only the embedded default without a mail server has one. */
  LOCAL_OUTBOX_FILE: z.string().min(1).optional(),
});

/** What every process may ask: log level, mode, which process this is, how long a quote stands. */
export const processEnv = lazily(everyProcess);
export const messageEnv = lazily(messageSchema);
export const webEnv = lazily(webSchema);
export const workerEnv = lazily(workerSchema);
export const signerEnv = lazily(signerSchema);
export const auditorEnv = lazily(auditorSchema);
export const seedEnv = lazily(seedSchema);
export const setupEnv = lazily(setupSchema);
export const operatorEnv = lazily(operatorSchema);
export const testEnv = lazily(testSchema);
