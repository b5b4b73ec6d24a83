"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { href } from "@/lib/href";
import classes from "./dead-end.module.css";
import { Mark } from "./mark";

/** A page that could not be shown, with the way back. */
export function DeadEnd({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  const t = useTranslations("deadEnd");
  return (
    <div className={classes.place}>
      <Mark size={34} />
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.text}>{text}</p>
      <div className={classes.buttons}>
        {children}
        {/* No client-side step: what is broken is left behind, and no page carries the way there twice. */}
        <Button component="a" href={href.requests()} size="sm" variant="filled">
          {t("home")}
        </Button>
      </div>
    </div>
  );
}
