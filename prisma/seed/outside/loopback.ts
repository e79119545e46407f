import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string;
  readonly text: string;
};
export type Said = { readonly status?: number; readonly body: unknown };

/** A provider's API on this machine, as a test plays it. */
export type Loopback = {
  readonly api: string;
  /** The next so many questions are answered with an error, or not at all. */
  readonly fail: (times: number, how?: "error" | "hang-up") => void;
  readonly stop: () => Promise<void>;
};

/** Speaks an API as `say` has it: JSON in answer to every question, until it is stopped. */
export async function loopback(say: (asked: Asked) => Said): Promise<Loopback> {
  let failures = 0;
  let how: "error" | "hang-up" = "error";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (failures > 0) {
        failures -= 1;
        if (how === "hang-up") {
          request.socket.destroy();
          return;
        }
        response.writeHead(500, { "content-type": "application/json" }).end("{}");
        return;
      }
      const url = new URL(request.url ?? "/", "http://localhost");
      const { status = 200, body } = say({
        method: request.method ?? "",
        path: url.pathname,
        query: url.searchParams,
        header: (name) => String(request.headers[name] ?? ""),
        text: Buffer.concat(chunks).toString("utf8"),
      });
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    api: `http://127.0.0.1:${port}`,
    fail: (times, kind = "error") => {
      failures = times;
      how = kind;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
