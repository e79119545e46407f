import type { IncomingMessage } from "node:http";

type Asked = Pick<IncomingMessage, "method" | "url"> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
};
type Answered = {
  readonly writeHead: (...args: never) => unknown;
  readonly end: (...args: never) => unknown;
};

/** How much is let through in four seconds, from one network and in all. */
export declare function doorLimit(limits?: {
  readonly mostFromOne?: number;
  readonly mostInAll?: number;
}): (request: Asked, response: Answered) => Promise<boolean>;
