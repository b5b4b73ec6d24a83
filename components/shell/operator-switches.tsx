import { useMutation } from "@tanstack/react-query";
import { LanguageSwitch } from "../language-switch";
import { ThemeSwitch } from "../theme/theme-switch";
import { useTRPC } from "../trpc";

/** The operator's language and theme. */
export function OperatorSwitches() {
  const trpc = useTRPC();
  const saveLocale = useMutation(trpc.account.setLocale.mutationOptions());
  return (
    <>
      <LanguageSwitch onChoose={(locale) => saveLocale.mutate({ locale })} />
      <ThemeSwitch />
    </>
  );
}
