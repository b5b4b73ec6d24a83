"use client";

import "@mantine/core/styles/Combobox.layer.css";

import { Select } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { GroupRow } from "../api";
import { useTRPC } from "../trpc";
import { useTypedAhead } from "../typed-ahead";

interface HeirFieldProps {
  group: GroupRow;
  value: string | null;
  onChange: (userId: string | null) => void;
}

/** Picks the new owner from the members that are known. The server looks again whether they are in it. */
export function HeirField({ group, value, onChange }: HeirFieldProps) {
  const t = useTranslations("groups.end.transfer");
  const trpc = useTRPC();
  const [words, setWords] = useState("");
  const [text, type] = useTypedAhead(words, setWords);
  const found = useQuery({
    ...trpc.groups.heirs.queryOptions({ botId: group.bot.id, groupId: group.groupId, text: words }),
    placeholderData: keepPreviousData,
  });
  const members = found.data?.items ?? [];
  const data = members.map(({ userId, name, card }) => ({
    value: userId,
    label: `${card || name || userId} (${userId})`,
  }));
  return (
    <Select
      label={t("heir")}
      description={t("heirText")}
      placeholder={t("heirPlaceholder")}
      searchable
      clearable
      data={data}
      // The server searches: what it found is shown as it is.
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={(typed) => {
        if (!data.some(({ label }) => label === typed)) type(typed);
      }}
      nothingFoundMessage={found.data?.isReading ? t("reading") : t("nobody")}
      value={value}
      onChange={onChange}
    />
  );
}
