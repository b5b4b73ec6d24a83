"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TaskVerb } from "@/lib/task";
import { ActIcon } from "./act-icon";
import { nameOf } from "./acts";
import type { ShownMember } from "./rows";

interface RowActsProps {
  row: ShownMember;
  verbs: readonly TaskVerb[];
  onAct: (verb: TaskVerb) => void;
}

/** The acts on one member, behind a button in their row. The menu itself is made when it is opened first. */
export function RowActs({ row, verbs, onAct }: RowActsProps) {
  const t = useTranslations("members");
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  if (verbs.length === 0) return null;
  const button = (
    <ActionIcon
      size={30}
      tabIndex={-1}
      aria-label={t("actsOf", { name: nameOf(row) })}
      aria-haspopup="menu"
      aria-expanded={isOpen}
      onClick={() => {
        setWasOpen(true);
        setOpen(!isOpen);
      }}
    >
      <IconDots size={16} stroke={1.8} />
    </ActionIcon>
  );
  if (!wasOpen) return button;
  return (
    <Menu opened={isOpen} onChange={setOpen} position="bottom-end" width={220}>
      <Menu.Target>{button}</Menu.Target>
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
