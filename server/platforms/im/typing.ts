import { catalogue } from "./catalogue";

/** The frame that tells a friend that the account types. The server reads the id as a number, of any length. */
export function typingFrame(input: unknown): string {
  const { toId, ope, type, status } = catalogue.ws.input.parse(input);
  // Digits by its schema. As a JavaScript number it could lose some.
  return `{"toId":${toId},${JSON.stringify({ ope, type, status }).slice(1)}`;
}
