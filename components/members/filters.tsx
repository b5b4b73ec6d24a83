"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { MemberSummary } from "../api";
import type { useMembersAddress } from "./address";
import classes from "./members.module.css";
import { memberWhen, memberWho } from "./query";

const pause = 250;

/** What the list is narrowed to. Offers only what this platform tells. */
export function Filters({
  address,
  summary,
}: {
  address: ReturnType<typeof useMembersAddress>;
  summary: MemberSummary | undefined;
}) {
  const t = useTranslations("members");
  const [text, setText] = useState(address.text ?? "");
  const search = useDebouncedCallback((value: string) => address.narrow({ text: value.trim() || null }), pause);
  const has = summary?.has;
  const who = memberWho.filter((name) => {
    if (name === "muted") return has?.muted ?? false;
    if (name === "online") return has?.online ?? false;
    return (summary?.roles[name] ?? 0) > 0;
  });
  const when = memberWhen.filter((name) => (name.startsWith("joined") ? has?.joined : has?.spoke) ?? false);
  const countOf = (name: (typeof who)[number]) =>
    name === "muted" || name === "online" ? (summary?.[name] ?? 0) : (summary?.roles[name] ?? 0);
  return (
    <search className={classes.filters} aria-label={t("filter.label")}>
      <TextInput
        className={classes.search}
        type="search"
        aria-label={t("filter.text")}
        placeholder={t("filter.text")}
        leftSection={<IconSearch size={15} stroke={1.8} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <NativeSelect
        aria-label={t("filter.who")}
        value={address.who ?? ""}
        data={[
          { value: "", label: t("filter.everybody") },
          ...who.map((name) => ({ value: name, label: t(`filter.${name}`, { count: countOf(name) }) })),
        ]}
        onChange={(event) => address.narrow({ role: event.currentTarget.value || null })}
      />
      {when.length > 0 && (
        <NativeSelect
          aria-label={t("filter.when")}
          value={address.when ?? ""}
          data={[
            { value: "", label: t("filter.anyTime") },
            ...when.map((name) => ({ value: name, label: t(`filter.${name}`) })),
          ]}
          onChange={(event) => address.narrow({ when: event.currentTarget.value || null })}
        />
      )}
    </search>
  );
}
