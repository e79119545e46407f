import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { doorLimit } from "./lib/door-limit.mjs";

let server: Server;
let site: string;

beforeAll(async () => {
  const isTurnedAway = doorLimit(0.75);
  server = createServer(async (request, response) => {
    if (!(await isTurnedAway(request, response))) response.end("in");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const post = (path: string) => fetch(`${site}${path}`, { method: "POST", body: "email=x" });

it("turns away the fourth post at a door, however its path is written, and no other", async () => {
  const paths = ["/sign-in", "//sign-in", "/%73ign-in/code?next=/"];
  for (const path of paths) expect((await post(path)).status).toBe(200);
  for (const path of [...paths, "/join", "/invitation/x", "/SIGN-IN"]) {
    const answer = await post(path);
    expect(answer.status, path).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("4");
    expect(await answer.text()).toContain("nothing was changed");
  }
  expect((await fetch(`${site}/sign-in`)).status).toBe(200);
  for (const path of ["/buy", "/sign-ins", "/t/x/pay", "/%E0%A4%A"]) {
    expect((await post(path)).status, path).toBe(200);
  }
});

it("counts in all as well, whoever it comes from", async () => {
  const isTurnedAway = doorLimit(0.25);
  const asked: boolean[] = [];
  for (const remoteAddress of ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"]) {
    const request = { method: "POST", url: "/sign-in", socket: { remoteAddress } };
    const response = { writeHead: () => undefined, end: () => undefined };
    asked.push(await isTurnedAway(request, response));
  }
  expect(asked).toEqual([false, false, false, true]);
});
