"use client";

import { ActionIcon, Kbd, Modal, Switch, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKeyboard } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useShortcutsOn } from "./preferences";
import { useShortcuts } from "./shortcuts";
import classes from "./shortcuts-help.module.css";

const keys = [
  { name: "next", keys: ["J", "↓"] },
  { name: "previous", keys: ["K", "↑"] },
  { name: "open", keys: ["Enter"] },
  { name: "approve", keys: ["A"] },
  { name: "deny", keys: ["D"] },
  { name: "ignore", keys: ["I"] },
  { name: "undo", keys: ["U"] },
  { name: "aside", keys: ["S"] },
  { name: "note", keys: ["N"] },
  { name: "choose", keys: ["X"] },
  { name: "extend", keys: ["⇧J", "⇧K"] },
  { name: "search", keys: ["/"] },
  { name: "back", keys: ["Esc"] },
  { name: "palette", keys: ["Ctrl K"] },
  { name: "help", keys: ["?"] },
] as const;

/** What the keys do, and the switch that turns single keys off. Opens with "?". */
export function ShortcutsHelp() {
  const t = useTranslations("shortcuts");
  const common = useTranslations("common");
  const [isOpen, { open, close }] = useDisclosure(false);
  const [isOn, setOn] = useShortcutsOn();
  useShortcuts({ "?": open });
  return (
    <>
      <Tooltip label={t("title")}>
        <ActionIcon className={classes.button} aria-label={t("title")} onClick={open}>
          <IconKeyboard size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Modal opened={isOpen} onClose={close} title={t("title")} closeButtonProps={{ "aria-label": common("close") }}>
        <dl className={classes.list}>
          {keys.map(({ name, keys: names }) => (
            <div key={name} className={classes.row}>
              <dt>{t(`keys.${name}`)}</dt>
              <dd>
                {names.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <Switch
          mt="md"
          checked={isOn}
          onChange={(event) => setOn(event.currentTarget.checked)}
          label={t("on")}
          description={t("onDescription")}
        />
      </Modal>
    </>
  );
}
