"use client";

import { useTranslations } from "next-intl";
import type { MemberSummary } from "../api";
import { Choice } from "../choice";
import { SearchField } from "../search-field";
import { useTypedAhead } from "../typed-ahead";
import type { useMembersAddress } from "./address";
import classes from "./members.module.css";
import { memberWhen, memberWho } from "./query";

/** What the list is narrowed to. Offers only what this platform tells. */
export function Filters({
  address,
  summary,
}: {
  address: ReturnType<typeof useMembersAddress>;
  summary: MemberSummary | undefined;
}) {
  const t = useTranslations("members");
  const [text, change] = useTypedAhead(address.text ?? "", (value) => address.narrow({ text: value || null }));
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
      <SearchField
        className={classes.search}
        label={t("filter.text")}
        placeholder={t("filter.text")}
        value={text}
        onChange={change}
      />
      <Choice
        label={t("filter.who")}
        value={address.who ?? ""}
        options={[
          { value: "", label: t("filter.everybody") },
          ...who.map((name) => ({ value: name, label: t(`filter.${name}`, { count: countOf(name) }) })),
        ]}
        onPick={(value) => address.narrow({ role: value || null })}
      />
      {when.length > 0 && (
        <Choice
          label={t("filter.when")}
          value={address.when ?? ""}
          options={[
            { value: "", label: t("filter.anyTime") },
            ...when.map((name) => ({ value: name, label: t(`filter.${name}`) })),
          ]}
          onPick={(value) => address.narrow({ when: value || null })}
        />
      )}
    </search>
  );
}
