import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";

/** Asks one person at the machine after another; what is typed is shown nowhere and not kept. */
export type HiddenQuestions = {
  readonly ask: (question: string) => Promise<string>;
  readonly close: () => void;
};

/**
 * On a terminal nothing of an answer is echoed and no history is kept; from a pipe each question
 * takes a line. Rejects when the input ends.
 */
export function askHidden(
  input: NodeJS.ReadStream = process.stdin,
  say: (text: string) => void = (text) => void process.stderr.write(text),
): HiddenQuestions {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({
    input,
    output: nowhere,
    terminal: input.isTTY === true,
    historySize: 0,
  });
  const read = linesOf(lines);
  return {
    ask: async (question) => {
      say(question);
      const answer = await read();
      say("\n");
      return answer;
    },
    close: () => lines.close(),
  };
}

/** Lines as they come, also those that came before they were asked for. */
function linesOf(lines: Interface): () => Promise<string> {
  const next = lines[Symbol.asyncIterator]();
  return async () => {
    const line = await next.next();
    if (line.done) throw new Error("The input has ended: nothing was imported.");
    return line.value;
  };
}
