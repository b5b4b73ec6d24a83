"use client";

import {
  IconHistory,
  IconInbox,
  IconRobot,
  IconSettings,
  IconTerminal2,
  IconUserCircle,
  IconUsers,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { Permission } from "@/lib/permissions";
import { useTRPC } from "../trpc";
import { hasSomewhere, useSessionInfo } from "./access";
import classes from "./navigation.module.css";

const entries = [
  { name: "requests", to: href.requests(), icon: IconInbox, permission: "requests.view" },
  { name: "bots", to: href.bots(), icon: IconRobot, permission: "bots.view" },
  { name: "console", to: href.console(), icon: IconTerminal2, permission: "bots.view" },
  { name: "audit", to: href.audit(), icon: IconHistory, permission: "audit.view" },
  { name: "operators", to: href.operators(), icon: IconUsers, permission: "operators.view" },
  { name: "settings", to: href.settings(), icon: IconSettings, permission: "desk.manage" },
  { name: "account", to: href.account(), icon: IconUserCircle, permission: "account.self" },
] as const satisfies readonly { name: string; to: string; icon: unknown; permission: Permission }[];

/** The places of the desk the operator can go to: a column beside the page, a bar below it on a phone. */
export function Navigation() {
  const t = useTranslations("navigation");
  const path = usePathname();
  const session = useSessionInfo();
  return (
    <nav className={classes.nav} aria-label={t("label")}>
      <ul className={classes.list}>
        {entries
          .filter(({ permission }) => hasSomewhere(session, permission))
          .map(({ name, to, icon: Icon }) => {
            const isHere = path === to || path.startsWith(`${to}/`);
            return (
              <li key={name} className={classes.item}>
                <Link
                  href={to}
                  className={classes.link}
                  aria-current={isHere ? "page" : undefined}
                  data-here={isHere || undefined}
                >
                  <Icon size={18} stroke={1.7} aria-hidden="true" />
                  <span className={classes.label}>{t(name)}</span>
                  {name === "requests" && <WaitingCount />}
                </Link>
              </li>
            );
          })}
      </ul>
    </nav>
  );
}

/** How many requests wait for a person, beside the queue's name. */
function WaitingCount() {
  const t = useTranslations("navigation");
  const trpc = useTRPC();
  const waiting = useQuery(trpc.requests.counts.queryOptions({})).data?.states.waiting ?? 0;
  if (waiting === 0) return null;
  return (
    <span className={classes.count}>
      <span aria-hidden="true">{waiting > 999 ? "999+" : waiting}</span>
      <span className={classes.hidden}>{t("waiting", { count: waiting })}</span>
    </span>
  );
}
