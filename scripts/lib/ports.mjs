import { connect, createServer } from "node:net";

/** Takes a port and keeps it until `release` is called; undefined when it is not to be had. */
export function holdPort(port, host) {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const release = () => new Promise((closed) => server.close(closed));
      resolve({ port: server.address().port, release });
    });
  });
}

export async function isPortFree(port, host) {
  const held = await holdPort(port, host);
  await held?.release();
  return held !== undefined;
}

/** A port that is free at this moment, chosen by the system. */
export async function freePort(host) {
  const held = await holdPort(0, host);
  await held.release();
  return held.port;
}

/** Whether somebody answers on a local socket. */
export function canConnect(socketPath) {
  return new Promise((resolve) => {
    const socket = connect({ path: socketPath }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
