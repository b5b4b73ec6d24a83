import { readFileSync } from "node:fs";
import protobuf from "protobufjs";
import { parseOutput } from "@/server/platforms/client";
import { catalogue } from "@/server/platforms/yunhu/catalogue";
import { readAnswer } from "@/server/platforms/yunhu/codec";
import { message } from "../simulators/yunhu/bytes";
import { toFigure } from "./figure";
import type { Piece } from "./piece";
import { takeTurns } from "./sample";

const entries = 10_000;
const schema = new URL("../../server/platforms/yunhu/wire.proto", import.meta.url);

/** Yunhu's address book as the desk reads it, until the row has checked each entry, against protobufjs alone. */
export const addressBook: Piece = {
  name: "address-book",
  limitMs: 120_000,
  async measure(stage) {
    const row = catalogue["address-book-list"];
    const body = toBook();
    const answer = { status: 200, contentType: "application/octet-stream", body };
    const { root } = protobuf.parse(readFileSync(schema, "utf8"), { keepCase: true });
    const type = root.lookupType("gatehouse.yunhu.AddressBook");
    const input = row.input.parse({});
    const [ours = [], decoded = [], bare = []] = await takeTurns({ runs: stage.runs, each: 10 }, [
      async () => parseOutput(row, readAnswer(row, input, answer)),
      async () => readAnswer(row, input, answer),
      async () => type.decode(body),
    ]);
    const floor = { what: "protobufjs decode", samples: bare };
    const what = `an address book of ${entries.toLocaleString("en")}`;
    return [
      toFigure({ what: `${what}, decoded`, samples: decoded, floor }),
      toFigure({ what: `${what}, decoded and checked`, samples: ours, floor }),
    ];
  },
};

function toBook(): Buffer {
  const entry = (at: number) =>
    message([1, String(94_000_000_000 + at)], [2, ""], [3, `https://img.example/${at}.png`], [8, `毛线团先生 ${at}`]);
  const list = Array.from({ length: entries }, (_none, at) => [2, entry(at)] as const);
  return message([1, message([2, 1], [3, "success"])], [2, message([1, "用户"], ...list, [3, 1])], [3, "md5"]);
}
