import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { start } from "./napcat";
import { createControlServer } from "./napcat/control";

const usage = `npm run sim -- napcat [options]
  --port N       HTTP actions (default 3100); the forward WebSocket takes the next port
  --token T      the access token (default: a random one)
  --account ID   the simulated QQ number (default 10001)
  --name TEXT    its nickname
  --dial URL     keep a reverse WebSocket to URL
  --post URL     post signed events to URL
  --heartbeat MS interval of heartbeats (default 30000)`;

/** Runs one simulator on its own until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: "string", default: "3100" },
      token: { type: "string" },
      account: { type: "string", default: "10001" },
      name: { type: "string", default: "Simulated" },
      dial: { type: "string" },
      post: { type: "string" },
      heartbeat: { type: "string", default: "30000" },
    },
  });
  const port = Number(values.port);
  if (positionals[0] !== "napcat" || !Number.isInteger(port) || !/^\d+$/.test(values.account)) throw new Error(usage);

  const napcat = await start({
    port,
    wsPort: port === 0 ? 0 : port + 1,
    ...(values.token === undefined ? {} : { token: values.token }),
    account: { userId: values.account, nickname: values.name },
    heartbeatMs: Number(values.heartbeat),
  });
  if (values.dial !== undefined) napcat.dial(values.dial);
  if (values.post !== undefined) napcat.postTo(values.post);

  const control = createControlServer(napcat);
  control.listen(port === 0 ? 0 : port + 2, "127.0.0.1");
  await once(control, "listening");
  // A TCP server that listens has an AddressInfo; text is for pipes only.
  const { port: controlPort } = control.address() as AddressInfo;
  console.log(`HTTP        ${napcat.httpUrl}`);
  console.log(`WebSocket   ${napcat.wsUrl}`);
  console.log(`Token       ${napcat.token}`);
  console.log(`Control     http://127.0.0.1:${controlPort}  (GET / names the verbs)`);

  const stop = async (): Promise<void> => {
    control.close();
    control.closeAllConnections();
    await napcat.close();
  };
  // Ctrl+C may arrive twice, from the terminal and from the runner above: the second must not cut the end short.
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  // Half of it may be listening.
  process.exit(1);
});
