import { useTranslations } from "next-intl";
import { Choice, type Option } from "./choice";

type Bots = readonly { id: string; name: string }[];

interface BotSelectProps {
  className?: string | undefined;
  isSmall?: boolean;
  bots: Bots;
  value: string | null | undefined;
  /** With "": of all bots. */
  onPick: (id: string) => void;
}

/** Narrows a list to one bot. */
export function BotSelect({ bots, value, ...rest }: BotSelectProps) {
  const { label, options } = useBotOptions(bots);
  return <Choice label={label} value={value ?? ""} options={options} {...rest} />;
}

/** The same for a field whose name is written above it, as those of the filters beside it. */
export function useBotOptions(bots: Bots): { label: string; options: Option[] } {
  const t = useTranslations("botSelect");
  const all = { value: "", label: t("all") };
  return { label: t("label"), options: [all, ...bots.map(({ id, name }) => ({ value: id, label: name }))] };
}
