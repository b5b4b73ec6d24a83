"use client";

import { Notifications, notifications } from "@mantine/notifications";
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleDashedCheck,
  IconHelpCircle,
  IconInfoCircle,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Toast } from "./toast";
import classes from "./toasts.module.css";

const icons = {
  good: IconCheck,
  busy: IconCircleDashedCheck,
  bad: IconAlertTriangle,
  odd: IconHelpCircle,
  calm: IconInfoCircle,
} as const satisfies Record<Toast["tone"], unknown>;

const most = 3;
const shortMs = 5_000;

/** Where toasts stand. Loaded once the page is at rest: see late-toasts.tsx. */
export default function Toasts() {
  return <Notifications position="bottom-right" limit={most} className={classes.place} containerWidth={380} />;
}

/** What went wrong must be read, so it stays; the rest goes by itself. */
export function showToast({ tone, title, lines = [] }: Toast): void {
  const Icon = icons[tone];
  const isBad = tone === "bad" || tone === "odd";
  notifications.show({
    role: isBad ? "alert" : "status",
    icon: <Icon size={18} stroke={1.8} aria-hidden="true" />,
    title,
    message: lines.map((line) => (
      <span key={line} className={classes.line}>
        {line}
      </span>
    )),
    autoClose: isBad ? false : shortMs,
    classNames: { root: classes.toast, icon: classes.icon, title: classes.title, description: classes.text },
    // Mantine hands these to the element as they are; its type of props leaves data attributes out.
    ...{ "data-tone": tone },
    closeButtonProps: { children: <CloseName /> },
  });
}

function CloseName() {
  const t = useTranslations("common");
  return <span className={classes.hidden}>{t("close")}</span>;
}
