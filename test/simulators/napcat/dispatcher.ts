import { actions } from "./action";
import type { Result } from "./answer";
import type { Call, CallLog, TransportName } from "./call";
import { Refusal } from "./define";
import type { CallFaults, RawAnswer } from "./fault";
import type { Inbox } from "./inbox";
import { findFault } from "./schema";
import type { World } from "./world";

/** How a call ends: with a result (said `times` times), with something that is none, or with a dropped connection. */
export type Outcome =
  | { kind: "result"; result: Result; times: 1 | 2 }
  | { kind: "raw"; raw: RawAnswer }
  | { kind: "hang-up" };

/** Takes a call from any transport: records it, lets a fault have it, checks it, runs it. */
export class Dispatcher {
  constructor(
    private readonly world: World,
    private readonly inbox: Inbox,
    private readonly calls: CallLog,
    private readonly faults: CallFaults,
  ) {}

  async dispatch(name: string, params: Readonly<Record<string, unknown>>, transport: TransportName): Promise<Outcome> {
    // The plan is taken before the call is told about, so that a test which waits for the call can plan the next one.
    const plan = this.faults.take(name);
    const call = this.calls.add(name, params, transport);
    await plan.before?.(call);
    if (plan.raw) return { kind: "raw", raw: plan.raw };
    if (plan.hangUp === "before") return { kind: "hang-up" };
    let result = plan.result ?? this.run(call, transport);
    if (plan.data !== undefined && "data" in result) result = { data: plan.data };
    await plan.after?.(call);
    if (plan.hangUp === "after" || this.world.isStopped) return { kind: "hang-up" };
    return { kind: "result", result, times: plan.isTwice ? 2 : 1 };
  }

  private run(call: Call, transport: TransportName): Result {
    const action = Object.hasOwn(actions, call.action) ? actions[call.action] : undefined;
    if (!action) {
      // NapCat spells it differently by transport.
      const words = transport === "forward" ? "不支持的API" : "不支持的Api";
      return { failure: "unknown", words: `${words} ${call.action}` };
    }
    const fault = findFault(action.schema, call.params);
    if (fault !== null) return { failure: "schema", words: fault };
    try {
      return { data: action.run(call.params, this.world, this.inbox) };
    } catch (error) {
      if (error instanceof Refusal) return { failure: "business", words: error.message };
      throw error;
    }
  }
}
