import type { IncomingMessage } from "node:http";

type Asked = Pick<IncomingMessage, "method" | "url"> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
};
type Answered = {
  readonly writeHead: (...args: never) => unknown;
  readonly end: (...args: never) => unknown;
};

/** How many posts a second are let through from one network; three times as many in all. */
export declare function doorLimit(
  fromOneASecond?: number,
): (request: Asked, response: Answered) => Promise<boolean>;
