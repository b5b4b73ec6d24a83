import {
  IconBadge,
  IconId,
  IconMicrophone,
  IconMicrophoneOff,
  IconShieldMinus,
  IconShieldPlus,
  IconUserMinus,
} from "@tabler/icons-react";
import type { TaskVerb } from "@/lib/task";

const icons = {
  kick: IconUserMinus,
  mute: IconMicrophoneOff,
  unmute: IconMicrophone,
  promote: IconShieldPlus,
  demote: IconShieldMinus,
  card: IconId,
  title: IconBadge,
} as const satisfies Record<TaskVerb, unknown>;

/** The picture of an act on a member; its name stands beside it. */
export function ActIcon({ verb, size = 15 }: { verb: TaskVerb; size?: number }) {
  const Icon = icons[verb];
  return <Icon size={size} stroke={1.8} aria-hidden="true" />;
}
