"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
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
        <Button component={Link} href={href.requests()} size="sm" variant="filled">
          {t("home")}
        </Button>
      </div>
    </div>
  );
}
