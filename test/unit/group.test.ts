import { describe, expect, test } from "vitest";
import { changeable, groupFields, takesPictures } from "@/lib/group";
import { platforms } from "@/lib/platform";
import { drivers } from "@/server/platforms/drivers";
import { PlatformError } from "@/server/platforms/error";

const values = { name: "Choir", remark: "ours", intro: "We sing.", avatar: "https://example.org/a.png" };

/** What an adapter refuses without a call; undefined when it would have gone out. */
async function refused(
  platform: (typeof platforms)[number],
  change: Partial<typeof values>,
): Promise<string | undefined> {
  const uncalled = () => Promise.reject(new PlatformError("not_connected", { isSent: false }));
  const update = drivers[platform].createAdapter(uncalled)["groups.update"];
  if (!update) return "not_possible";
  const fault: unknown = await update("1", change).catch((cause: unknown) => cause);
  return fault instanceof PlatformError && fault.code === "not_offered" ? fault.code : undefined;
}

describe.each(platforms)("the settings of a group on %s", (platform) => {
  test.each(groupFields)("%s is offered exactly where the adapter takes it", async (field) => {
    const isOffered = changeable[platform].includes(field);
    expect((await refused(platform, { [field]: values[field] })) === undefined).toBe(isOffered);
  });

  test("a picture is given as a file exactly where the adapter takes one", async () => {
    const fault = await refused(platform, { avatar: "data:image/png;base64,iVBORw0KGgo=" });
    expect(fault === undefined).toBe(takesPictures[platform]);
  });
});
