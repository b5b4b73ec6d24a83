import { Kbd, Switch } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useShortcutsOn } from "./preferences";
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

/** Each key with what it does, and the switch that turns single keys off. */
export function ShortcutsList() {
  const t = useTranslations("shortcuts");
  const [isOn, setOn] = useShortcutsOn();
  return (
    <>
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
    </>
  );
}
