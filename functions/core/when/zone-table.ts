/** Made by scripts/zone-table.ts from the tz database and the numbering plans; not edited by hand. */

import { zonesIn } from './zone-list.ts';

/** Countries in which all clocks agree; the others are left out. */
export const ZONE_OF_COUNTRY = zonesIn(`
Africa/Abidjan=BF,CI,GH,GM,GN,IS,ML,MR,SH,SL,SN,TG Africa/Algiers=DZ Africa/Bissau=GW Africa/Cairo=EG
Africa/Casablanca=MA Africa/El_Aaiun=EH Africa/Johannesburg=LS,SZ,ZA Africa/Juba=SS Africa/Khartoum=SD
Africa/Lagos=AO,BJ,CF,CG,CM,GA,GQ,NE,NG Africa/Maputo=BI,BW,MW,MZ,RW,ZM,ZW Africa/Monrovia=LR
Africa/Nairobi=DJ,ER,ET,KE,KM,MG,SO,TZ,UG,YT Africa/Ndjamena=TD Africa/Sao_Tome=ST Africa/Tripoli=LY
Africa/Tunis=TN Africa/Windhoek=NA America/Argentina/Buenos_Aires=AR America/Asuncion=PY America/Barbados=BB
America/Belize=BZ America/Bogota=CO America/Caracas=VE America/Cayenne=GF America/Costa_Rica=CR
America/El_Salvador=SV America/Grand_Turk=TC America/Guatemala=GT America/Guyana=GY America/Havana=CU
America/Jamaica=JM America/La_Paz=BO America/Lima=PE America/Managua=NI America/Martinique=MQ
America/Miquelon=PM America/Montevideo=UY America/Panama=KY,PA America/Paramaribo=SR
America/Port-au-Prince=HT America/Puerto_Rico=AG,AI,AW,BL,BQ,CW,DM,GD,GP,KN,LC,MF,MS,PR,SX,TT,VC,VG,VI
America/Santo_Domingo=DO America/Tegucigalpa=HN America/Toronto=BS Asia/Almaty=KZ Asia/Amman=JO
Asia/Ashgabat=TM Asia/Baghdad=IQ Asia/Baku=AZ Asia/Bangkok=CX,KH,LA,TH Asia/Beirut=LB Asia/Bishkek=KG
Asia/Colombo=LK Asia/Damascus=SY Asia/Dhaka=BD Asia/Dili=TL Asia/Dubai=AE,OM,RE,SC Asia/Dushanbe=TJ
Asia/Famagusta=CY Asia/Gaza=PS Asia/Ho_Chi_Minh=VN Asia/Hong_Kong=HK Asia/Jerusalem=IL Asia/Kabul=AF
Asia/Karachi=PK Asia/Kathmandu=NP Asia/Kolkata=IN Asia/Kuching=BN,MY Asia/Macau=MO Asia/Manila=PH
Asia/Pyongyang=KP Asia/Qatar=BH,QA Asia/Riyadh=KW,SA,YE Asia/Samarkand=UZ Asia/Seoul=KR Asia/Singapore=SG
Asia/Taipei=TW Asia/Tbilisi=GE Asia/Tehran=IR Asia/Thimphu=BT Asia/Tokyo=JP Asia/Yangon=CC,MM
Asia/Yerevan=AM Atlantic/Bermuda=BM Atlantic/Cape_Verde=CV Atlantic/Faroe=FO Atlantic/South_Georgia=GS
Atlantic/Stanley=FK Europe/Andorra=AD Europe/Athens=GR Europe/Belgrade=BA,HR,ME,MK,RS,SI
Europe/Berlin=DE,DK,NO,SE,SJ Europe/Brussels=BE,LU,NL Europe/Bucharest=RO Europe/Budapest=HU
Europe/Chisinau=MD Europe/Dublin=IE Europe/Gibraltar=GI Europe/Helsinki=AX,FI Europe/Istanbul=TR
Europe/London=GB,GG,IM,JE Europe/Malta=MT Europe/Minsk=BY Europe/Paris=FR,MC Europe/Prague=CZ,SK
Europe/Riga=LV Europe/Rome=IT,SM,VA Europe/Sofia=BG Europe/Tallinn=EE Europe/Tirane=AL Europe/Vienna=AT
Europe/Vilnius=LT Europe/Warsaw=PL Europe/Zurich=CH,LI Indian/Chagos=IO Indian/Maldives=MV
Indian/Mauritius=MU Pacific/Apia=WS Pacific/Efate=VU Pacific/Fakaofo=TK Pacific/Fiji=FJ
Pacific/Guadalcanal=SB Pacific/Guam=GU,MP Pacific/Kwajalein=MH Pacific/Nauru=NR Pacific/Niue=NU
Pacific/Norfolk=NF Pacific/Noumea=NC Pacific/Pago_Pago=AS Pacific/Palau=PW Pacific/Pitcairn=PN
Pacific/Rarotonga=CK Pacific/Tarawa=TV,WF Pacific/Tongatapu=TO
`);

/** Calling codes whose countries all keep one clock. */
export const ZONE_OF_CALLING_CODE = zonesIn(`
Africa/Abidjan=220,221,222,223,224,225,226,228,232,233,354 Africa/Algiers=213 Africa/Bissau=245
Africa/Cairo=20 Africa/El_Aaiun=212 Africa/Johannesburg=27,266,268 Africa/Juba=211 Africa/Khartoum=249
Africa/Lagos=227,229,234,236,237,240,241,242,244 Africa/Maputo=250,257,258,260,263,265,267
Africa/Monrovia=231 Africa/Nairobi=251,252,253,254,255,256,261,269,291 Africa/Ndjamena=235
Africa/Sao_Tome=239 Africa/Tripoli=218 Africa/Tunis=216 Africa/Windhoek=264
America/Argentina/Buenos_Aires=54 America/Asuncion=595 America/Belize=501 America/Bogota=57
America/Caracas=58 America/Cayenne=594 America/Costa_Rica=506 America/El_Salvador=503 America/Guatemala=502
America/Guyana=592 America/Havana=53 America/La_Paz=591 America/Lima=51 America/Managua=505
America/Martinique=596 America/Miquelon=508 America/Montevideo=598 America/Panama=507 America/Paramaribo=597
America/Port-au-Prince=509 America/Puerto_Rico=297,590,599 America/Tegucigalpa=504 Asia/Amman=962
Asia/Ashgabat=993 Asia/Baghdad=964 Asia/Baku=994 Asia/Bangkok=66,855,856 Asia/Beirut=961 Asia/Bishkek=996
Asia/Colombo=94 Asia/Damascus=963 Asia/Dhaka=880 Asia/Dili=670 Asia/Dubai=248,968,971 Asia/Dushanbe=992
Asia/Famagusta=357 Asia/Gaza=970 Asia/Ho_Chi_Minh=84 Asia/Hong_Kong=852 Asia/Jerusalem=972 Asia/Kabul=93
Asia/Karachi=92 Asia/Kathmandu=977 Asia/Kolkata=91 Asia/Kuching=60,673 Asia/Macau=853 Asia/Manila=63
Asia/Pyongyang=850 Asia/Qatar=973,974 Asia/Riyadh=965,966,967 Asia/Samarkand=998 Asia/Seoul=82
Asia/Singapore=65 Asia/Taipei=886 Asia/Tbilisi=995 Asia/Tehran=98 Asia/Thimphu=975 Asia/Tokyo=81
Asia/Yangon=95 Asia/Yerevan=374 Atlantic/Cape_Verde=238 Atlantic/Faroe=298 Atlantic/Stanley=500
Europe/Andorra=376 Europe/Athens=30 Europe/Belgrade=381,382,385,386,387,389 Europe/Berlin=45,46,47,49
Europe/Brussels=31,32,352 Europe/Bucharest=40 Europe/Budapest=36 Europe/Chisinau=373 Europe/Dublin=353
Europe/Gibraltar=350 Europe/Helsinki=358 Europe/Istanbul=90 Europe/London=44 Europe/Malta=356
Europe/Minsk=375 Europe/Paris=33,377 Europe/Prague=420,421 Europe/Riga=371 Europe/Rome=39,378
Europe/Sofia=359 Europe/Tallinn=372 Europe/Tirane=355 Europe/Vienna=43 Europe/Vilnius=370 Europe/Warsaw=48
Europe/Zurich=41,423 Indian/Chagos=246 Indian/Maldives=960 Indian/Mauritius=230 Pacific/Apia=685
Pacific/Efate=678 Pacific/Fakaofo=690 Pacific/Fiji=679 Pacific/Guadalcanal=677 Pacific/Kwajalein=692
Pacific/Nauru=674 Pacific/Niue=683 Pacific/Norfolk=672 Pacific/Noumea=687 Pacific/Palau=680
Pacific/Rarotonga=682 Pacific/Tarawa=681,688 Pacific/Tongatapu=676
`);
