import { z } from "zod";

const botId = z.uuid();

/** Rows of a list over all bots, each as `<bot>/<id>`. */
export const RowIds = z
  .array(
    z
      .string()
      .max(200)
      .transform((text, context) => {
        const at = text.indexOf("/");
        const row = { botId: text.slice(0, at), id: text.slice(at + 1) };
        if (botId.safeParse(row.botId).success && row.id !== "") return row;
        context.issues.push({ code: "custom", input: text, message: "no id of a row" });
        return z.NEVER;
      }),
  )
  .max(200);
