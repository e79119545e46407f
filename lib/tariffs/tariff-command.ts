import { StringDecoder } from "node:string_decoder";
import { answerPriceRequest, type PriceRefusal } from "./shell/price-request";

// The command line behind `npm run -s tariff`: one JSON object a line in, one a line out, in order.
// It needs no database and no configuration, so that anybody can check a price.

const USAGE = `npm run -s tariff < requests.jsonl

Prices purchases: reads one JSON object a line, writes one a line, in the same order.
  {"id": 1, "tariff": {…}, "purchase": {"amount": "500.00", "monthToDateWh": "0",
   "arrears": "0.00", "fixedDue": {"standing": "150.00"}}}
  {"id": 1, "result": {"energyWh": "…", "unspent": "…", "lines": [{"code": …, "amount": …}]}}
A refusal has "error": {"code", "message"} and, where something in the line is wrong, its "path".
  amount-invalid    the amount is no positive decimal with the currency's minor digits
  amount-too-small  nothing is left for energy
  tariff-invalid    the tariff has a fault at "path"
  bad-request       the line cannot be read; blank lines are skipped
docs/decisions/027-tariffs.md has the form of a tariff.`;

const MESSAGES = {
  "amount-invalid": "the amount is not a positive decimal with the currency's minor digits",
  "amount-too-small": "nothing is left for energy",
  "tariff-invalid": "the tariff has a fault",
  "bad-request": "the line is not a request",
} as const satisfies Record<PriceRefusal["code"], string>;

function answer(line: string): string {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch {
    return refusal(null, { code: "bad-request", path: "" });
  }
  const id = typeof request === "object" && request !== null && "id" in request ? request.id : null;
  const priced = answerPriceRequest(request);
  return priced.ok ? JSON.stringify({ id, result: priced.value }) : refusal(id, priced.error);
}

function refusal(id: unknown, error: PriceRefusal): string {
  const path = "path" in error ? error.path : "";
  const message = MESSAGES[error.code] + (path && ` at ${path}`);
  const told = { code: error.code, message, ...("path" in error ? { path } : {}) };
  return JSON.stringify({ id, error: told });
}

const answers = (lines: readonly string[]) =>
  lines
    .filter((line) => line.trim() !== "")
    .map((line) => `${answer(line)}\n`)
    .join("");

/** Answers what each chunk completes, so that whoever asks line by line is answered at once. */
async function run(): Promise<void> {
  const decoder = new StringDecoder("utf8");
  let unfinished = "";
  for await (const chunk of process.stdin) {
    const text = unfinished + decoder.write(chunk as Buffer);
    const lines = text.split("\n");
    unfinished = lines.pop() ?? "";
    process.stdout.write(answers(lines));
  }
  process.stdout.write(answers([unfinished + decoder.end()]));
}

// Who reads only the first answers ends the run.
process.stdout.on("error", () => process.exit(0));
const [first] = process.argv.slice(2);
if (first === undefined) await run();
else if (first === "--help" || first === "-h") process.stdout.write(`${USAGE}\n`);
else {
  process.stderr.write(`${first} is not known here. npm run -s tariff -- --help says what is.\n`);
  process.exitCode = 2;
}
