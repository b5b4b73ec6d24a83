"use client";

import { IconDots } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { TaskVerb } from "@/lib/task";
import { IconButton } from "../icon-button";
import { Menu } from "../menu";
import { ActIcon } from "./act-icon";
import { nameOf } from "./acts";
import type { ShownMember } from "./rows";

interface RowActsProps {
  row: ShownMember;
  verbs: readonly TaskVerb[];
  onAct: (verb: TaskVerb) => void;
}

/** The acts on one member, behind a button in their row. */
export function RowActs({ row, verbs, onAct }: RowActsProps) {
  const t = useTranslations("members");
  if (verbs.length === 0) return null;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <IconButton size={30} tabIndex={-1} aria-label={t("actsOf", { name: nameOf(row) })}>
          <IconDots size={16} stroke={1.8} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {verbs.map((verb) => (
          <Menu.Item key={verb} leftSection={<ActIcon verb={verb} />} onClick={() => onAct(verb)}>
            {t(`verb.${verb}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
