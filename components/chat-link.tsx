"use client";

import { IconMessage } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { href } from "@/lib/href";
import Link from "./link";
import { useCanOn } from "./shell/access";
import { type CapabilityName, useSupport } from "./support";

/** A platform that has one of these has conversations. */
const talking = ["messages.send", "messages.history"] as const satisfies readonly CapabilityName[];

interface ChatLinkProps extends Omit<ComponentProps<typeof Link>, "href"> {
  botId: string;
  to: "person" | "group";
  /** The platform's own id. */
  peerId: string;
}

/**
 * The way to what a bot and somebody, or a group, have said to each other: drawn only where the platform has messages and
 * the reader may read them. Until that is known its room is kept.
 */
export function ChatLink({ botId, to, peerId, style, children, ...rest }: ChatLinkProps) {
  const t = useTranslations("common");
  const isAllowed = useCanOn(botId)("messages.view");
  const support = useSupport(botId);
  const states = talking.map(support);
  const isKnown = !states.includes("unknown");
  if (!isAllowed || (isKnown && !states.some((state) => state === "on" || state === "unreached"))) return null;
  return (
    // The page behind it finds the conversation and leads on to it, which is not worth doing for every link in sight.
    <Link {...rest} href={href.chat(botId, to, peerId)} style={isKnown ? style : { ...style, visibility: "hidden" }}>
      {children ?? (
        <>
          <IconMessage size={14} stroke={1.8} aria-hidden="true" /> {t("conversation")}
        </>
      )}
    </Link>
  );
}
