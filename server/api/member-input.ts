import { z } from "zod";
import { memberRoles, memberSorts } from "@/lib/member";

/** A platform's own id. */
export const PlatformId = z.string().min(1).max(64);

const shape = {
  text: z.string().max(200).optional(),
  role: z.enum(memberRoles).optional(),
};

/** Which members, as a procedure takes it. */
export const MemberFilterInput = z.object({
  ...shape,
  isMuted: z.boolean().optional(),
  isOnline: z.boolean().optional(),
  joinedFrom: z.date().optional(),
  joinedTo: z.date().optional(),
  spokeFrom: z.date().optional(),
  spokeTo: z.date().optional(),
});

/** In which order. */
export const MemberOrderInput = z.object({
  by: z.enum(memberSorts).default("role"),
  isDescending: z.boolean().default(false),
});

const flag = z
  .enum(["true", "false"])
  .transform((word) => word === "true")
  .optional();
const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional();

/** The same as the fields of a form, empty ones left out; which group, and times in ISO 8601 with their zone. */
export const MemberExportForm = z.strictObject({
  ...shape,
  ...{ botId: z.uuid(), groupId: PlatformId, isMuted: flag, isOnline: flag },
  ...{ joinedFrom: time, joinedTo: time, spokeFrom: time, spokeTo: time },
  by: z.enum(memberSorts).default("role"),
  isDescending: z
    .enum(["true", "false"])
    .default("false")
    .transform((word) => word === "true"),
});
