"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useSupport } from "../support";
import { useTRPC } from "../trpc";
import classes from "./files.module.css";
import { useSize } from "./size";

/** How much room there is for files and how much is taken. Its line is kept while that is read. */
export function SpaceUsed({ botId, groupId }: { botId: string; groupId: string }) {
  const t = useTranslations("files");
  const trpc = useTRPC();
  const size = useSize();
  const isOn = useSupport(botId)("files.space") === "on";
  const { data } = useQuery(trpc.files.space.queryOptions({ botId, groupId }, { enabled: isOn, staleTime: 10_000 }));
  if (!isOn) return null;
  const isTold = data?.used != null && data.total != null && data.total > 0;
  return (
    <div className={classes.space}>
      <span>
        {data && isTold && t("space", { used: size(data.used ?? 0), total: size(data.total ?? 0) })}
        {data?.fileCount != null &&
          ` · ${data.fileLimit ? t("countOf", { count: data.fileCount, limit: data.fileLimit }) : t("count", { count: data.fileCount })}`}
      </span>
      {data && isTold && (
        <meter
          className={classes.meter}
          min={0}
          max={data.total ?? 1}
          value={data.used ?? 0}
          aria-label={t("spaceLabel")}
        />
      )}
    </div>
  );
}
