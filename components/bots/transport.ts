/** How a NapCat can be reached, as its page knows it; the server's platform schema has the last word. */
export const transports = ["forward", "reverse", "http"] as const;
export type Transport = (typeof transports)[number];

export interface ConnectionForm {
  transport: Transport;
  wsUrl: string;
  httpUrl: string;
}

export const emptyConnection: ConnectionForm = {
  transport: "forward",
  wsUrl: "ws://127.0.0.1:3001",
  httpUrl: "http://127.0.0.1:3000",
};

/** The settings of one way, without the fields of the others. */
export function toConnection(form: ConnectionForm): Record<string, string> {
  if (form.transport === "forward") return { transport: "forward", wsUrl: form.wsUrl.trim() };
  if (form.transport === "http") return { transport: "http", httpUrl: form.httpUrl.trim() };
  return { transport: "reverse" };
}

/** Reads stored settings back into the form; what is missing keeps the form's default. */
export function fromConnection(value: unknown): ConnectionForm {
  if (typeof value !== "object" || value === null) return emptyConnection;
  const text = (name: string) => {
    const found = Object.entries(value).find(([key]) => key === name)?.[1];
    return typeof found === "string" ? found : null;
  };
  return {
    transport: transports.find((name) => name === text("transport")) ?? emptyConnection.transport,
    wsUrl: text("wsUrl") ?? emptyConnection.wsUrl,
    httpUrl: text("httpUrl") ?? emptyConnection.httpUrl,
  };
}
