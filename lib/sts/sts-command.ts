import { readFileSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { answerLine, OPERATION_NAMES } from "./command/answer-line";
import { RequestKeys, type RunSettings } from "./command/request-keys";
import type { UncertainAlgorithm } from "./core/des-decoder-key";
import { parseStaTables, SAMPLE_STA_TABLES, type StaTables } from "./core/sta-tables";

// The command line behind `npm run -s sts`: one JSON object a line in, one a line out, in order. It
// needs no database and no configuration, so that anybody can check a token.

const USAGE = `npm run -s sts [-- OPTIONS] < requests.jsonl

Makes and reads STS tokens: one JSON object a line in, one a line out, in the same order.
  {"id": 1, "op": "credit", "ea": 11, "decoderKey": "00112233445566778899aabbccddeeff",
   "subclass": 0, "rnd": 5, "time": "2026-03-01T12:00", "baseDate": 2014, "units": 204}
  {"id": 1, "result": {"tid": …, "amountField": 204, "token": "…"}}
Try one:  echo '{"id":1,"op":"luhn","payload":"0100045127"}' | npm run -s sts

Operations: ${OPERATION_NAMES.join(", ").replaceAll(/(.{1,84}),(?: |$)/g, "$1,\n  ")}
A key is decoderKey (hex), or dkga, vendingKey, pan, kt, sgc, ti, krn, baseDate and ea.
A refusal is {"id", "error": {"code", "message"}}; the code is bad-request, FormatError, CRCError,
PanError, RangeError, KeyTypeError or KeyExpiredError. Blank lines are skipped; a bad line is
answered, and the run goes on.

  --sta-tables FILE   the EA07 tables of an operator, {"name", "S1", "S2", "P"}; else STS_STA_TABLES
                      names the file; else the standard's sample tables are in force
  --enable NAME       switches on what no published value confirms: dkga01, dkga03
  --help              this`;

/** Longer than any request: a line without end must not fill the memory. */
const LONGEST_LINE = 4 * 1024 * 1024;
const ENOUGH_TO_WRITE = 64 * 1024;

class UsageError extends Error {}

function settingsOf(args: readonly string[]): RunSettings | "help" {
  let staTables: StaTables = SAMPLE_STA_TABLES;
  const switchedOn: UncertainAlgorithm[] = [];
  const rest = [...args];
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    if (name === "--help" || name === "-h") return "help";
    const [option = "", joined] = name.split(/=(.*)/s);
    const value = joined ?? rest.shift();
    if (value === undefined) throw new UsageError(`${name} needs a value, or is not known here`);
    if (option === "--sta-tables") staTables = readTables(value);
    else if (option === "--enable") switchedOn.push(...value.split(",").map(uncertain));
    else throw new UsageError(`${option} is not known here`);
  }
  return { staTables, switchedOn };
}

function uncertain(name: string): UncertainAlgorithm {
  if (name === "dkga01" || name === "dkga03") return name;
  throw new UsageError(`--enable takes dkga01 or dkga03, not ${name}`);
}

function readTables(file: string): StaTables {
  let input: unknown;
  try {
    input = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new UsageError(`the EA07 tables in ${file} cannot be read as JSON`);
  }
  const tables = parseStaTables(input);
  if (tables.ok) return tables.value;
  const { table, index } = tables.error;
  const where = index === null ? table : `${table}[${index}]`;
  throw new UsageError(`the EA07 tables in ${file} are wrong at ${where}`);
}

/** Waits where the reader is slower than we are, so that memory stays flat. */
function write(text: string): Promise<void> | undefined {
  if (process.stdout.write(text)) return undefined;
  return new Promise((resolve) => {
    process.stdout.once("drain", resolve);
  });
}

/** Answers what each chunk completes, so that whoever asks line by line is answered at once. */
async function run(keys: RequestKeys): Promise<void> {
  const decoder = new StringDecoder("utf8");
  let unfinished = "";
  let isTooLong = false;
  const answersTo = async (lines: readonly string[]) => {
    let text = "";
    for (const line of lines) {
      if (line.trim() === "") continue;
      text += `${answerLine(line, keys)}\n`;
      if (text.length < ENOUGH_TO_WRITE) continue;
      await write(text);
      text = "";
    }
    if (text !== "") await write(text);
  };
  for await (const chunk of process.stdin) {
    const lines = (unfinished + decoder.write(chunk as Buffer)).split("\n");
    unfinished = lines.pop() ?? "";
    if (isTooLong && lines.length > 0) {
      lines[0] = TOO_LONG;
      isTooLong = false;
    }
    if (unfinished.length > LONGEST_LINE) isTooLong = true;
    if (isTooLong) unfinished = "";
    await answersTo(lines);
  }
  await answersTo([isTooLong ? TOO_LONG : unfinished + decoder.end()]);
}

/** Stands for a line that was dropped; it is no JSON, and so is answered as one that is not. */
const TOO_LONG = "a line beyond four million characters";

// Who reads only the first answers ends the run.
process.stdout.on("error", () => process.exit(0));
try {
  const settings = settingsOf(process.argv.slice(2));
  if (settings === "help") process.stdout.write(`${USAGE}\n`);
  else await run(new RequestKeys(settings));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}. npm run -s sts -- --help says what is known.\n`);
  process.exitCode = 2;
}
