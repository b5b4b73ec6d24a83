import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/router";

/** Shapes as the API sends them, under the names the screens use. */
type Out = inferRouterOutputs<AppRouter>;
type In = inferRouterInputs<AppRouter>;

export type SessionInfo = NonNullable<Out["session"]["get"]>;
export type RequestPage = Out["requests"]["list"];
export type RequestRow = RequestPage["items"][number];
export type RequestDetail = Out["requests"]["get"];
export type Present = Out["presence"]["list"]["here"][number];
export type RequestCounts = Out["requests"]["counts"];
export type Decision = RequestDetail["decisions"][number];
export type RequestFilter = Omit<NonNullable<In["requests"]["list"]>, "cursor" | "limit">;
export type Bot = Out["bots"]["list"][number];
export type BotDetail = Out["bots"]["get"];
export type BotLogLine = Out["bots"]["log"]["items"][number];
export type BotGap = Out["bots"]["gaps"][number];
export type BotGapFound = NonNullable<BotGap["found"]>;
export type BotInput = In["bots"]["create"];
export type ProbeResult = Out["bots"]["probe"];
export type Operation = Out["console"]["operations"][number];
export type ConsoleAnswer = Out["console"]["invoke"];
export type SentRequest = NonNullable<ConsoleAnswer["request"]>;
export type HttpCall = NonNullable<SentRequest["http"]>;
export type PastCall = Out["console"]["history"][number];
export type AuditRow = Out["audit"]["list"]["items"][number];
export type AuditDetail = Out["audit"]["get"];
export type AuditFilter = Omit<NonNullable<In["audit"]["list"]>, "cursor" | "limit">;
export type OperatorRow = Out["operators"]["list"][number];
export type InviteRow = Out["invites"]["list"][number];
export type SessionRow = Out["account"]["sessions"][number];
export type Preferences = Out["preferences"]["get"];
export type CannedRow = Out["texts"]["list"][number];
export type BatchForecast = Out["batches"]["preview"];
export type BatchSummary = Out["batches"]["list"][number];
export type BatchDetail = Out["batches"]["get"];
