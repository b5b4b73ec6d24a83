"use client";

import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { apiPaths } from "@/lib/href";
import type { useMembersAddress } from "./address";

type Address = Pick<ReturnType<typeof useMembersAddress>, "filter" | "order">;

/** Hands out what the filters show as a file. A form and no fetch: the browser writes it to disk as it arrives. */
export function ExportMembers({ botId, groupId, filter, order }: Address & { botId: string; groupId: string }) {
  const t = useTranslations("members");
  const fields = { botId, groupId, ...filter, ...order };
  return (
    <form method="post" action={apiPaths.exportMembers}>
      {Object.entries(fields).map(([name, value]) => (
        <input
          key={name}
          type="hidden"
          name={name}
          value={value instanceof Date ? value.toISOString() : String(value)}
          readOnly
        />
      ))}
      <Button type="submit" leftSection={<IconDownload size={15} stroke={1.8} />}>
        {t("export")}
      </Button>
    </form>
  );
}
