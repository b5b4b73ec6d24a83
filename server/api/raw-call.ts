import type { z } from "zod";
import type { Catalogues } from "@/server/platforms/catalogues";

/** What a raw operation takes and answers, by platform and the vendor's own name: types of the rows, for clients. */
export type RawPlatform = keyof Catalogues;
export type RawOperation<P extends RawPlatform> = keyof Catalogues[P] & string;

export type RawInput<P extends RawPlatform, N extends RawOperation<P>> = Catalogues[P][N] extends {
  input: infer I extends z.ZodType;
}
  ? z.input<I>
  : never;

export type RawOutput<P extends RawPlatform, N extends RawOperation<P>> = Catalogues[P][N] extends {
  output: infer O extends z.ZodType;
}
  ? z.output<O>
  : never;
