"use client";

import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useFailureText } from "../failure";
import { useSentenceGap } from "../sentence-gap";
import classes from "./files.module.css";
import { useSize } from "./size";
import type { Going, useUploads } from "./use-uploads";

/** What is on its way, each with how far it is and a way to stop it. */
export function UploadList({ uploads }: { uploads: ReturnType<typeof useUploads> }) {
  const t = useTranslations("files");
  if (uploads.list.length === 0) return null;
  return (
    <ul className={classes.uploads} aria-label={t("uploads")}>
      {uploads.list.map((going) => (
        <One key={going.key} going={going} uploads={uploads} />
      ))}
    </ul>
  );
}

function One({ going, uploads }: { going: Going; uploads: ReturnType<typeof useUploads> }) {
  const t = useTranslations("files");
  const common = useTranslations("common");
  const textOf = useFailureText();
  const gap = useSentenceGap();
  const size = useSize();
  const { key, name, state, part, failure } = going;
  const percent = Math.round(part * 100);
  const isFailed = state === "failed";
  return (
    <li className={classes.upload} data-failed={isFailed || undefined}>
      <div className={classes.uploadHead}>
        <span className={`${classes.name} ${classes.grow}`}>{name}</span>
        <span className={classes.uploadEnd}>
          <span className={classes.state}>
            {isFailed ? t("state.failed") : t(`state.${state}`, { percent, size: size(going.size) })}
          </span>
          {isFailed && uploads.canRetry(key) && (
            <Button size="compact-xs" onClick={() => uploads.retry(key)}>
              {common("again")}
            </Button>
          )}
          {/* On its way to the platform it can no longer be called back. */}
          {state !== "handing" && (
            <ActionIcon
              size={28}
              aria-label={isFailed ? t("forget", { name }) : t("stop", { name })}
              onClick={() => uploads.drop(key)}
            >
              <IconX size={15} stroke={1.8} />
            </ActionIcon>
          )}
        </span>
      </div>
      {isFailed ? (
        failure && (
          <p className={classes.fault} role="status">
            {textOf(failure).what}
            {gap}
            {textOf(failure).next}
          </p>
        )
      ) : (
        <progress
          className={classes.progress}
          max={100}
          {...(state === "handing" ? {} : { value: percent })}
          aria-label={name}
        />
      )}
    </li>
  );
}
