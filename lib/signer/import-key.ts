import { parseArgs } from "node:util";
import { closeDatabases } from "@/lib/access";
import { signerEnv, systemClock } from "@/lib/platform";
import type { SecretKey } from "@/lib/sts";
import { type AttributeName, parseAttributes } from "./core/key-attributes";
import { parseComponent } from "./core/key-components";
import { askHidden, type HiddenQuestions } from "./shell/ask-hidden";
import { type ImportRefusal, importVendingKey } from "./vault/import-key";
import { settleKeyFile } from "./vault/reseal";

// The command line behind `npm run import-key`: two custodians, one after the other, at the machine
// itself. A component is never an argument: those stand in histories and lists of processes.

const say = (line: string) => process.stderr.write(`${line}\n`);

const OPTIONS: Readonly<Record<AttributeName, string>> = {
  organization: "ID           whose key it is, from the address of its settings",
  sgc: "000000                supply group code, six digits",
  krn: "1                     key revision number, 1 to 9",
  ken: "255                   key expiry number; 255 never expires",
  "base-date": "2014            1993, 2014 or 2035",
  "active-from": "2026-01-01    the first day on which it issues (UTC)",
  "issue-until": "2027-01-01    the first day on which it does not; leave out for none",
  subclasses: "0,4            what of class 0 it may carry; leave out for all",
  "credit-limit-kwh": "100000   what it may issue in all; leave out for no limit",
  "first-custodian": '"NAME"    who types the first component',
  "second-custodian": '"NAME"   who types the second one; another person',
  "check-value": "ab12ef        six hex digits: the beginning of the whole key's SHA-1",
};

const REFUSALS: Readonly<Record<ImportRefusal, string>> = {
  "check-value-differs":
    "The two components make a key with another check value. Begin again with both custodians.",
  "key-attributes-taken": "This organization has a key of this supply group and revision already.",
  "no-organization": "There is no organization with this id.",
};

async function askComponent(questions: HiddenQuestions, who: string): Promise<SecretKey> {
  for (;;) {
    const typed = await questions.ask(`${who}, your component, 40 hex digits, not shown: `);
    const component = parseComponent(typed);
    if (component.ok) return component.value;
    say(SENTENCES[component.error]);
  }
}

const SENTENCES = {
  "not-hex": "Only the digits 0 to 9 and a to f. Type it again.",
  "wrong-length": "A component has 40 hex digits. Type it again.",
  "all-the-same": "A component of one digit hides nothing. Type the one that you were given.",
} as const;

async function run(): Promise<number> {
  const names = Object.keys(OPTIONS) as AttributeName[];
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const { values } = parseArgs({ options: { ...options, help: { type: "boolean" } } });
  if (values.help) {
    say("npm run import-key -- with");
    for (const name of names) say(`  --${name} ${OPTIONS[name]}`);
    return 0;
  }
  const attributes = parseAttributes(values as Readonly<Partial<Record<AttributeName, string>>>);
  if (!attributes.ok) {
    say(`--${attributes.error} is missing, or cannot be:\n  ${OPTIONS[attributes.error]}`);
    return 1;
  }
  const ring = await settleKeyFile(signerEnv().SIGNER_KEK_FILE);
  const [first, second] = attributes.value.custodians;
  const questions = askHidden();
  const one = await askComponent(questions, first);
  const other = await askComponent(questions, second);
  questions.close();
  const imported = await importVendingKey(ring, {
    attributes: attributes.value,
    components: [one, other],
    now: systemClock.now(),
  });
  say(imported.ok ? `The key is in: ${imported.value.vendingKeyId}` : REFUSALS[imported.error]);
  return imported.ok ? 0 : 1;
}

run().then(
  async (code) => {
    await closeDatabases();
    process.exit(code);
  },
  (error: unknown) => {
    say(error instanceof Error ? error.message : "failed");
    process.exit(1);
  },
);
