import { NativeSelect, type NativeSelectProps } from "@mantine/core";
import { useTranslations } from "next-intl";

interface BotSelectProps extends Pick<NativeSelectProps, "className" | "size"> {
  bots: readonly { id: string; name: string }[];
  value: string | null | undefined;
  /** With "": of all bots. */
  onPick: (id: string) => void;
  /** Is its name written above it, as those of the filters beside it? */
  isNamed?: boolean;
}

/** Narrows a list to one bot. */
export function BotSelect({ bots, value, onPick, isNamed = false, ...look }: BotSelectProps) {
  const t = useTranslations("botSelect");
  return (
    <NativeSelect
      {...look}
      {...(isNamed ? { label: t("label") } : { "aria-label": t("label") })}
      value={value ?? ""}
      data={[{ value: "", label: t("all") }, ...bots.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={(event) => onPick(event.currentTarget.value)}
    />
  );
}
