/**
 * Clocks within countries that have several, by the ISO 3166-2 code of the region: zone1970.tab of the tz database, read
 * beside the list of subdivisions. A region that has two itself stands with the one most of its people keep, an hour
 * off for the others, which no send window is narrow enough to turn into the night.
 */
import { zonesIn } from './zone-list.ts';

const REGIONS: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  US: zonesIn(`
    America/New_York=CT,DC,DE,FL,GA,IN,KY,MA,MD,ME,MI,NC,NH,NJ,NY,OH,PA,RI,SC,VA,VT,WV
    America/Chicago=AL,AR,IA,IL,KS,LA,MN,MO,MS,ND,NE,OK,SD,TN,TX,WI America/Denver=CO,ID,MT,NM,UT,WY
    America/Phoenix=AZ America/Los_Angeles=CA,NV,OR,WA America/Anchorage=AK Pacific/Honolulu=HI
    America/Puerto_Rico=PR,VI Pacific/Guam=GU,MP Pacific/Pago_Pago=AS`),
  CA: zonesIn(`
    America/St_Johns=NL America/Halifax=NB,NS,PE America/Toronto=ON,QC America/Winnipeg=MB
    America/Regina=SK America/Edmonton=AB,NT America/Vancouver=BC America/Whitehorse=YT
    America/Iqaluit=NU`),
  AU: zonesIn(`
    Australia/Sydney=ACT,NSW Australia/Melbourne=VIC Australia/Brisbane=QLD Australia/Adelaide=SA
    Australia/Hobart=TAS Australia/Darwin=NT Australia/Perth=WA`),
  NZ: zonesIn(`
    Pacific/Auckland=AUK,BOP,CAN,GIS,HKB,MBH,MWT,NSN,NTL,OTA,STL,TAS,TKI,WGN,WKO,WTC
    Pacific/Chatham=CIT`),
  BR: zonesIn(`
    America/Noronha=FN
    America/Sao_Paulo=AL,AP,BA,CE,DF,ES,GO,MA,MG,PA,PB,PE,PI,PR,RJ,RN,RS,SC,SE,SP,TO
    America/Manaus=AM,MS,MT,RO,RR America/Rio_Branco=AC`),
  MX: zonesIn(`
    America/Mexico_City=AGU,CAM,CHP,CMX,COA,COL,DUR,GRO,GUA,HID,JAL,MEX,MIC,MOR,NLE,OAX,PUE,QUE,SLP,TAB,TAM
    America/Mexico_City=TLA,VER,YUC,ZAC,CHH America/Cancun=ROO America/Mazatlan=BCS,NAY,SIN
    America/Hermosillo=SON America/Tijuana=BCN`),
  ES: zonesIn(`
    Atlantic/Canary=CN,GC,TF Africa/Ceuta=CE,ML
    Europe/Madrid=A,AB,AL,AV,B,BA,BI,BU,C,CA,CC,CO,CR,CS,CU,GI,GR,GU,H,HU,J,L,LE,LO,LU,M,MA,MU,NA,O,OR,P
    Europe/Madrid=PM,PO,S,SA,SE,SG,SO,SS,T,TE,TO,V,VA,VI,Z,ZA`),
  PT: zonesIn(`
    Atlantic/Azores=20 Atlantic/Madeira=30
    Europe/Lisbon=01,02,03,04,05,06,07,08,09,10,11,12,13,14,15,16,17,18`),
  RU: zonesIn(`
    Europe/Kaliningrad=KGD Europe/Moscow=BEL,BRY,KDA,KLU,KRS,LEN,LIP,MOS,MOW,NGR,NIZ,PNZ,ROS,SPE,TA,TUL,TVE,VGG
    Europe/Moscow=VLA,VLG,VOR,YAR Europe/Samara=SAM,UD Asia/Yekaterinburg=BA,CHE,KGN,KHM,ORE,PER,SVE,TYU,YAN
    Asia/Omsk=OMS Asia/Novosibirsk=NVS Asia/Tomsk=TOM Asia/Novokuznetsk=KEM Asia/Barnaul=ALT
    Asia/Krasnoyarsk=KK,KYA,TY Asia/Irkutsk=BU,IRK Asia/Chita=ZAB Asia/Yakutsk=AMU
    Asia/Vladivostok=KHA,PRI Asia/Sakhalin=SAK Asia/Magadan=MAG Asia/Kamchatka=KAM Asia/Anadyr=CHU`),
};

export const zoneOfRegion = (country: string, region: string): string | undefined =>
  REGIONS[country]?.get(region);

export const regionsKnown = (): { country: string; region: string; zone: string }[] =>
  Object.entries(REGIONS).flatMap(([country, zones]) =>
    [...zones].map(([region, zone]) => ({ country, region, zone })),
  );
