/**
 * The commonest passwords and the words they are made of, lower case, from memory of the lists everybody knows.
 * Short ones are here too: nobody can choose "welcome", but many choose "welcome12345", and what is left of it once
 * the word and the digits are taken away is nothing (password.ts).
 */
export const commonPasswords: readonly string[] = `
password passwort passwd contrasena motdepasse senha parola wachtwoord haslo salasana kennwort
admin administrator administrador root superuser sysadmin manager operator default guest user username login signin
letmein letmeinnow openup opensesame sesame access accesscode entrance welcome welcomeback hello helloworld helloyou
secret topsecret supersecret mysecret nosecret private confidential changeme changeit changethis changemenow temporary
temp test tester testing testtest testuser demo sample example trial foobar blahblah whatever nothing anything
something forever always remember forget forgot forgetit idontknow dontknow noidea trustno trustnoone trustme
iloveyou iloveu ilovehim iloveher loveyou lovely lovelove loveme lover loveyouforever iloveme ilovegod mylove truelove
sunshine moonlight starlight sunflower rainbow butterfly princess prince queen king kingdom angel angels angelbaby
baby babygirl babyboy babyface sweetie sweetheart sweet honey honeybee sugar cupcake cookie cookies chocolate candy
dragon dragonball dragonfly phoenix unicorn tiger tigers lion lions eagle eagles wolf wolfpack panther bear bears
monkey monkeys banana bananas orange apple cherry strawberry blueberry pineapple peanut pumpkin pepper ginger
football soccer baseball basketball hockey tennis golf golfer volleyball swimming running fishing hunting skating
superman batman spiderman ironman wolverine starwars startrek skywalker jedi yoda pokemon pikachu naruto sasuke
onepiece minecraft roblox fortnite counterstrike callofduty warcraft worldofwarcraft starcraft diablo zelda mario
nintendo playstation xbox gamer gaming player master mastermind ninja samurai killer hunter shadow ranger warrior
michael michelle jessica jennifer jordan daniel daniela andrew andrea ashley anthony amanda robert charlie charles
thomas matthew nicole nicholas natasha joshua joseph jonathan alexander alexandra alexis benjamin brandon barbara
christian christina christopher stephanie elizabeth victoria vanessa veronica patrick patricia william samantha
samsung iphone android google googling facebook twitter linkedin instagram whatsapp wechat weixin tencent alibaba
taobao alipay baidu huawei xiaomi microsoft windows linux ubuntu debian macintosh apple internet computer laptop
keyboard network server database oracle postgres postgresql mysql mongodb redis docker kubernetes jenkins github
cisco router switch firewall security system systems service services support helpdesk office company business
summer winter autumn spring january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday weekend holiday vacation christmas halloween birthday
happy happiness happyday smile smiley lucky luckyday money dollar million millionaire diamond diamonds silver golden
gold platinum crystal london paris newyork berlin tokyo beijing shanghai shenzhen guangzhou hongkong taiwan china
chinese america american canada australia england germany france russia mexico brazil india korea japan japanese
liverpool chelsea arsenal manchester barcelona realmadrid juventus bayern milan cowboys steelers yankees lakers
mustang ferrari porsche mercedes corvette camaro harley yamaha honda toyota suzuki kawasaki
metallica nirvana slipknot beatles eminem blink blinkoneeightytwo greenday linkinpark guitar music musica
freedom liberty peace heaven jesus jesuschrist jesuslovesme godisgood godislove blessed blessing faith grace spirit
matrix neo trinity hacker hackers hacked hacking cracker cyber cyberpunk zxcvbnm asdfghjkl qwertyuiop qwerty qwertz
azerty dvorak asdf zxcv qazwsx qazwsxedc wsxedc asdfgh zxcvbn poiuyt lkjhgf mnbvcxz qweasd qweasdzxc asdasd qweqwe
abcabc abcdef abcdefg abcd aaaa abc qwe zxc asd qaz wsx
fuckyou fuckoff fuckme fuck asshole bitch bullshit shit suckmydick pussy sexy sexsex hotstuff bigdick badboy badgirl
buster bailey bandit max maggie molly sophie sadie snoopy scooter scooby garfield tigger mickey minnie goofy donald
mother father mommy daddy mamma papa family brother sister friend friends bestfriend bestfriends together
purple yellow blue green black white red pink orange silverado blackberry whitehouse redsox
flower flowers rose roses lily daisy jasmine violet hannah olivia emma sophia isabella madison
computer1 internet1 superstar rockstar rocknroll celebrity hollywood dreamer dreams dream believe destiny
thunder lightning storm hurricane tornado blizzard snowball snowman snowflake icecream coffee coffeebean cheese
pizza hamburger sandwich spaghetti chicken turkey bacon tequila whiskey vodka budweiser heineken corona
woaini woaiwojia woaiwo woaimama woaibaba woaizhongguo aini nihao nihaoma zhongguo beijinghuanyingni
mima mimamima wodemima guanliyuan yonghu xiaoming laopo laogong baobao baobei tiantian xiaoxiao kaixin
wangwei zhangwei wangfang liwei lina zhangmin wanglei liujing qinaide pengyou meiyou buzhidao
aini1314 woaini1314 woaini520 520520 5201314 1314520 1314521 7758521 7758258 147258 147258369 159357 159753 123qwe
456852 741852963 951753 963852741 789456123 112233 121212 123123 131313 232323 101010 696969 666666 888888 168168
1q2w3e 1q2w3e4r 1qaz2wsx q1w2e3 q1w2e3r4 a1b2c3 a1b2c3d4 1a2b3c 1a2b3c4d zaq12wsx zaq1 xsw2 qq123 aa123 abc123
`
  .trim()
  .split(/\s+/);
