import { z } from "zod";
import { PlatformError } from "../error";
import { parseJson } from "../json";
import type { Row } from "../row";
import { decode, encode } from "./protobuf";

const Verdict = z.looseObject({ code: z.number(), msg: z.string().nullish() });
const Head = z.looseObject({ status: z.looseObject({ code: z.number().default(0), msg: z.string().nullish() }) });
const Entry = z.looseObject({ second: z.string().optional(), eighth: z.string().optional() });
const Book = z.looseObject({
  data: z.array(z.looseObject({ data: z.array(Entry).optional() })).optional(),
});
const Asked = z.looseObject({ number: z.string() });

/** Words by which a refusal means the token. The document has no code of its own for it. */
const aboutToken = /token|未登录|请登录|重新登录|登录过期|登录失效/i;

function refusal(row: Row, code: number, words: string): PlatformError {
  return new PlatformError(aboutToken.test(words) ? "token_rejected" : "platform_refused", {
    isSent: true,
    text: words || null,
    detail: { operation: row.operation, code },
  });
}

/** The body of a call and its content type. The list of requests is asked for with an empty one, as the document does. */
export function toBody(row: Row, input: unknown): { body: string | Uint8Array; contentType: string } {
  if (row.body !== "protobuf") return { body: JSON.stringify(input), contentType: "application/json" };
  const contentType = "application/octet-stream";
  if (row.operation !== "address-book-list") return { body: new Uint8Array(), contentType };
  return { body: encode("AddressBookRequest", Asked.parse(input)), contentType };
}

function readJson(row: Row, status: number, text: string): unknown {
  let parsed: unknown;
  try {
    parsed = parseJson(text);
  } catch (error) {
    throw new PlatformError(status === 404 ? "unknown_operation" : "bad_answer", {
      isSent: true,
      detail: { status, field: "" },
      cause: error,
    });
  }
  const verdict = Verdict.safeParse(parsed);
  if (!verdict.success) throw new PlatformError("bad_answer", { isSent: true, detail: { status, field: "code" } });
  // 1 is success and 0 is not; the HTTP status is 200 for all.
  if (verdict.data.code !== 1) throw refusal(row, verdict.data.code, verdict.data.msg ?? "");
  return parsed;
}

/** Field 2 was the name; where field 8 has the name it is the remark. A server that writes the name twice has no remark. */
function toEntry({ second = "", eighth = "", ...rest }: z.output<typeof Entry>): Record<string, unknown> {
  if (eighth === "") return { ...rest, name: second, remark: "" };
  return { ...rest, name: eighth, remark: second === eighth ? "" : second };
}

function toBook(decoded: Record<string, unknown>, input: unknown): Record<string, unknown> {
  const sections = Book.parse(decoded).data ?? [];
  const data = sections.map((section) => ({ ...section, data: (section.data ?? []).map(toEntry) }));
  const isUnchanged = data.length === 0 && Asked.parse(input).number !== "";
  return { ...decoded, data, isUnchanged };
}

/**
 * Reads an answer by the row: JSON, or protobuf that may be JSON after all when it is an error. Throws PlatformError
 * `token_rejected` or `platform_refused` with the platform's words, `bad_answer` for anything unreadable.
 */
export function readAnswer(
  row: Row,
  input: unknown,
  answer: { status: number; contentType: string; body: Uint8Array },
): unknown {
  const { status, contentType, body } = answer;
  if (status === 401 || status === 403) throw new PlatformError("token_rejected", { isSent: true, detail: { status } });
  const text = () => Buffer.from(body).toString("utf8");
  // No message of ours begins with `{`: it would be a group, which proto3 does not have.
  const isJson = row.body !== "protobuf" || /\bjson\b/i.test(contentType) || body[0] === 0x7b;
  if (isJson) {
    const said = readJson(row, status, text());
    if (row.body !== "protobuf") return said;
    throw new PlatformError("bad_answer", { isSent: true, detail: { status, field: "" } });
  }
  if (status < 200 || status > 299)
    throw new PlatformError("bad_answer", { isSent: true, detail: { status, field: "" } });
  const isBook = row.operation === "address-book-list";
  const decoded = decode(isBook ? "AddressBook" : "RequestList", body);
  const head = Head.safeParse(decoded);
  if (!head.success) throw new PlatformError("bad_answer", { isSent: true, detail: { status, field: "status" } });
  if (head.data.status.code !== 1) throw refusal(row, head.data.status.code, head.data.status.msg ?? "");
  return isBook ? toBook(decoded, input) : decoded;
}
