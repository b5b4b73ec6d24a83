import type { LookupAddress } from "node:dns";
import { describe, expect, test } from "vitest";
import { checkDestination, guardedLookup, isAllowedAddress } from "@/server/platforms/destination";

const resolveTo =
  (...addresses: string[]) =>
  async (): Promise<LookupAddress[]> =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

describe("where Gatehouse may connect to", () => {
  test.each([
    "127.0.0.1",
    "127.8.8.8",
    "::1",
    "10.1.2.3",
    "172.16.0.9",
    "192.168.1.5",
    "fd12:3456::1",
    "203.0.114.7",
    "2606:4700::1111",
    "::ffff:127.0.0.1",
    "100.64.1.1",
  ])("a bot may live at %s", (address) => {
    expect(isAllowedAddress(address)).toBe(true);
  });

  test.each([
    "169.254.169.254",
    "169.254.0.1",
    "0.0.0.0",
    "0.1.2.3",
    "255.255.255.255",
    "240.0.0.1",
    "224.0.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "fe80::1",
    "fe80::1%eth0",
    "::",
    "ff02::1",
    "fd00:ec2::254",
    "fd00:ec2::23",
    "fd20:ce::254",
    "fd00:c1::a9fe:a9fe",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "::ffff:0:0",
    "::169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "not an address",
    "",
  ])("no bot lives at %s", (address) => {
    expect(isAllowedAddress(address)).toBe(false);
  });

  test.each([
    "http://169.254.169.254/latest/meta-data",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://[::ffff:169.254.169.254]/",
    "ws://[fe80::1]:3001/",
    "http://0/",
  ])("%s is refused however it is spelt", async (url) => {
    await expect(checkDestination(new URL(url))).rejects.toMatchObject({ code: "destination_refused", isSent: false });
  });

  test("a name that points at the metadata service is refused", async () => {
    const url = new URL("http://metadata.example/");
    await expect(checkDestination(url, resolveTo("169.254.169.254"))).rejects.toMatchObject({
      code: "destination_refused",
    });
  });

  test("a name with one good and one bad address is refused whole", async () => {
    const url = new URL("http://both.example/");
    await expect(checkDestination(url, resolveTo("192.168.1.5", "169.254.169.254"))).rejects.toMatchObject({
      code: "destination_refused",
    });
  });

  test("a name that changes its address after the check gains nothing: the dialled address is checked itself", async () => {
    const answers = [["127.0.0.1"], ["169.254.169.254"]];
    const rebinding = () => resolveTo(...(answers.shift() ?? []))();
    await checkDestination(new URL("http://rebind.example/"), rebinding);
    const lookup = guardedLookup(rebinding);
    const error = await new Promise((done) => lookup("rebind.example", { all: true }, (fault) => done(fault)));
    expect(error).toMatchObject({ code: "destination_refused" });
  });

  test("the lookup answers one address or all of them, as it is asked", async () => {
    const lookup = guardedLookup(resolveTo("::1", "127.0.0.1"));
    const one = await new Promise((done) => lookup("localhost", {}, (_e, address, family) => done([address, family])));
    const all = await new Promise((done) => lookup("localhost", { all: true }, (_e, addresses) => done(addresses)));
    expect(one).toEqual(["::1", 6]);
    expect(all).toEqual([
      { address: "::1", family: 6 },
      { address: "127.0.0.1", family: 4 },
    ]);
  });
});
