import { describe, expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { RawInput, RawOperation, RawOutput } from "@/components/api";
import { catalogue as im } from "@/server/platforms/im/catalogue";
import { catalogue as napcat } from "@/server/platforms/napcat/catalogue";

/*
 * What a client may write is what the row takes: each input below is judged by the compiler and by the row, and they must
 * agree. The compiler's part of this test is `npm run check`.
 */

describe("an input that the row takes compiles", () => {
  test("napcat", () => {
    const kick: RawInput<"napcat", "set_group_kick"> = { group_id: "1", user_id: "2" };
    const message: RawInput<"napcat", "send_group_msg"> = {
      group_id: "1",
      message: [{ type: "text", data: { text: "hello" } }],
    };
    expect(napcat.set_group_kick.input.safeParse(kick).success).toBe(true);
    expect(napcat.send_group_msg.input.safeParse(message).success).toBe(true);
  });

  test("im", () => {
    const answer: RawInput<"im", "post.friends.add.reply"> = { toId: "1", status: "pass" };
    expect(im["post.friends.add.reply"].input.safeParse(answer).success).toBe(true);
  });
});

describe("an input that the row refuses does not compile", () => {
  const refused = (schema: z.ZodType, input: unknown) => expect(schema.safeParse(input).success).toBe(false);

  test("with a field missing", () => {
    // @ts-expect-error user_id is missing.
    const input: RawInput<"napcat", "set_group_kick"> = { group_id: "1" };
    refused(napcat.set_group_kick.input, input);
  });

  test("with a number for an id, which could lose digits", () => {
    // @ts-expect-error ids are text.
    const input: RawInput<"napcat", "set_group_leave"> = { group_id: 1 };
    refused(napcat.set_group_leave.input, input);
  });

  test("with a field that nobody knows", () => {
    // @ts-expect-error nobody knows access_token.
    const input: RawInput<"napcat", "get_login_info"> = { access_token: "x" };
    refused(napcat.get_login_info.input, input);
  });

  test("with a word that is none of the answers", () => {
    // @ts-expect-error pass and deny are all there is.
    const input: RawInput<"im", "post.friends.add.reply"> = { toId: "1", status: "approve" };
    refused(im["post.friends.add.reply"].input, input);
  });

  test("with the data of another segment", () => {
    const input: RawInput<"napcat", "send_group_msg"> = {
      group_id: "1",
      // @ts-expect-error a text segment has no id.
      message: [{ type: "text", data: { id: "1" } }],
    };
    refused(napcat.send_group_msg.input, input);
  });
});

test("an operation is one of its own platform", () => {
  // @ts-expect-error IM has no such operation.
  const name: RawOperation<"im"> = "set_group_kick";
  expect(Object.keys(im)).not.toContain(name);
});

test("what is answered is typed by the row as well", () => {
  expectTypeOf<RawOutput<"napcat", "get_login_info">>().toHaveProperty("user_id").toEqualTypeOf<string>();
  expectTypeOf<RawOutput<"im", "get.me.info">["account"]["id"]>().toEqualTypeOf<string>();
  expectTypeOf<RawOutput<"chat68", "restart68">>().toEqualTypeOf<"restarting">();
});
