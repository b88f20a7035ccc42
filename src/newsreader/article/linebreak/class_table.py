"""The line breaking class of every character; made by `benchmarks.make_line_break_table`.

From the Unicode Character Database 15.0.0: Line_Break, East_Asian_Width, General_Category and
Extended_Pictographic. Copyright © 1991-2022 Unicode, Inc., Unicode License v3, see
<https://www.unicode.org/license.txt>. Do not edit.
"""

from typing import Final

VERSION: Final = "15.0.0"

# A letter, and how many characters in a row have it, in hexadecimal; from U+0000 on.
RUNS: Final = """\
M9 b1 K4 M12 s1 !1 "1 A1 $1 %1 A1 "1 (1 )1 A1 $1 ,1 -1 ,1 /1 9a ,2 A3 !1 A1b (1 $1 )1 A1d (1 b1 }1
A1 M6 K1 M1a G1 (1 %1 $3 A5 <1 A1 b1 A2 %1 $1 A2 d1 A6 >1 A3 (1 A208 d1 A3 d1 A12 d1 A20 M4f G1 Mc
G7 Md Ae ,1 A104 M7 Aff ,1 b1 A4 $1 A1 M2d b1 M1 A1 M2 A1 M2 !1 M1 A8 H1b A4 H4 A16 %3 ,2 A2 Mb !1
M1 !3 A2b M15 9a %1 92 A3 M1 A63 !1 A1 M7 A2 M6 A2 M2 A1 M4 A2 9a A17 M1 A1e M1b A5b Mb Af 9a A21 M9
A4 ,1 !1 A3 M1 $2 A16 M4 A1 M9 A1 M3 A1 M5 A2b M3 A3c M8 A2a M18 A1 M21 A36 M3 A1 M12 A1 M7 Aa M2 b2
9a A11 M3 A38 M1 A1 M7 A2 M2 A2 M3 A9 M1 Aa M2 A2 9a A2 %2 A5 %1 A1 $1 A2 M1 A2 M3 A38 M1 A1 M5 A4
M2 A2 M3 A3 M1 A14 9a M2 A3 M1 Ab M3 A38 M1 A1 M8 A1 M3 A1 M3 A14 M2 A2 9a A1 $1 A8 M6 A1 M3 A38 M1
A1 M7 A2 M2 A2 M3 A7 M3 Aa M2 A2 9a A12 M1 A3b M5 A3 M3 A1 M4 A9 M1 Ae 9a A9 $1 A6 M5 A37 M1 A1 M7
A1 M3 A1 M4 A7 M2 Ab M2 A2 9a A7 d1 A9 M3 d1 A37 M1 A1 M7 A1 M3 A1 M4 A7 M2 Ab M2 A2 9a A3 M1 Ac M4
A37 M2 A1 M7 A1 M3 A1 M4 A9 M1 Aa M2 A2 9a A9 %1 A7 M3 A46 M1 A4 M6 A1 M1 A1 M8 A6 9a A2 M2 A3d M1
A2 M7 A4 $1 A7 M8 A1 9a b2 A55 M1 A2 M9 Ab M7 A1 9a A27 d4 A1 d2 G1 d2 b1 G1 !5 G1 A1 !1 A3 M2 A6 9a
Aa b1 M1 A1 M1 A1 M1 (1 }1 (1 }1 M2 A31 Me b1 M5 b1 M2 A5 Mb A1 M24 A1 b2 A6 M1 A9 d2 b1 d1 A5 G2
A50 M14 A1 9a b2 Aa M4 A4 M3 A1 M3 A2 M7 A3 M4 Ad Mc A1 M1 9a M4 A62 j60 v48 t58 A15d M3 A1 b1 A9e
b1 A27f b1 A1a (1 }1 A4e b3 A24 M4 A1c M3 b2 A1b M2 A1e M2 A40 M20 b2 m1 A1 b1 A1 b1 $1 A1 M1 A2 9a
A18 !2 b2 d1 A1 !2 A1 M3 G1 M1 9a A6b M2 A22 M1 A76 Mc A4 Mc A8 !2 9a A80 9a A3d M5 A39 Ma A1 M1d A2
M1 9a A6 9a A16 M1f A31 M5 A2f M11 Ab 9a b2 A1 b4 Aa M9 A9 b2 A1 M3 A1e Md A2 9a A2c Me A30 M14 A3
b5 9a A6 9a A24 b2 A50 M3 A1 M15 A4 M1 A6 M1 A2 M3 Ac6 Md G1 M2e G1 M3 A1fd d1 A2 b7 G1 b3 Z1 M1 J1
M2 b1 G1 b2 B1 A3 <1 >1 (1 <2 >1 (1 <1 A4 i3 b1 K2 M5 G1 %8 A1 <1 >1 A1 m2 A6 ,1 (1 }1 m3 Ac b1 %1
b4 A1 b3 W1 A5 Ma Ad (1 }1 Ae (1 }1 A11 $7 %1 $e %1 $4 %1 $2 %1 $1 %1 $f M21 A12 %1 A5 %1 Ac $1 Afb
$2 Adb i1 A18 (1 }1 (1 }1 Ae I2 Ad [1 ]1 Ac5 I4 A20c I4 A10 I2 A2 I1 A1 I3 E1 I2 A19 I3 A2c I1 A16
I1 A3d Ic A4 I1 A1 I3 A1 I2 A3 I2 A2 I1 A2 I3 A8 I1 A6 I5 A1 I2 E1 I1 A2 I8 A3 I2 E4 A4d "6 A1 !2 I1
A3 (1 }1 (1 }1 (1 }1 (1 }1 (1 }1 (1 }1 (1 }1 A4f (1 }1 A1f (1 }1 (1 }1 (1 }1 (1 }1 (1 }1 A193 (1 }1
(1 }1 (1 }1 (1 }1 (1 }1 (1 }1 (1 }1 (1 }1 (1 }1 (1 }1 (1 }1 A3f (1 }1 (1 }1 A20 (1 }1 A2f1 M3 A7 !1
b3 A1 !1 b1 A70 b1 Ae M1 A60 M20 "2 <1 >1 <1 >1 "3 <1 >1 "1 <1 >1 b8 A1 b1 (1 b1 A2 <1 >1 A2 <1 >1
(1 }1 (1 }1 (1 }1 (1 }1 b4 !1 A1 b2 A1 b2 A5 B2 b3 A1 b2 (1 b8 A1 b1 A1 b2 A3 !2 (1 }1 (1 }1 (1 }1
(1 }1 b1 A22 I1a A1 I59 Ac Id6 A1a Ic A4 b1 ]2 I2 N1 I2 [1 ]1 [1 ]1 [1 ]1 [1 ]1 [1 ]1 I2 [1 ]1 [1 ]1
[1 ]1 [1 ]1 N1 [1 ]2 Ia M6 I5 M1 I5 N2 I3 A1 N1 I1 N1 I1 N1 I1 N1 I1 N1 I19 N1 I1f N1 I1 N1 I1 N1 I6
N1 I6 N2 A2 M2 N4 I1 N2 I1 N1 I1 N1 I1 N1 I1 N1 I19 N1 I1f N1 I1 N1 I1 N1 I6 N1 I6 N2 I4 N4 I1 A5
I2b A1 I5e A1 I54 Ac N10 I1f A1 I28 A8 I1b70 A40 I5215 N1 I477 A3 I37 A37 b2 A10d b1 !1 b1 A10 9a
A45 M4 A1 Ma A20 M2 A50 M2 A1 b5 A10a M1 A3 M1 A4 M1 A17 M5 A4 M1 Ab %1 A3b d2 !2 A8 M2 A32 M12 A8
b2 9a A6 M12 Aa d1 A2 M1 9a A1c M8 b2 A17 Md Ac j1d A3 M4 A2f Me A6 b3 A6 9a Ab M1 Aa 9a A2f Me Ac
M1 A8 M2 A2 9a A3 b3 A1b M3 A32 M1 A1 M3 A2 M2 A5 M2 A1 M1 A29 M5 b2 A3 M2 Aec M8 b1 M2 A2 9a A6 h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1
k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b h1 k1b Ac v17 A4 t31 A2104 I200 A1d H1 M1 Ha A1 Hd A1 H5 A1
H1 A1 H2 A1 H2 A1 Ha A1ee }1 (1 Abc %1 A3 M10 ,1 ]2 ,2 f2 [1 ]1 i1 A6 M10 I5 [1 ]1 [1 ]1 [1 ]1 [1 ]1
[1 ]1 [1 ]1 [1 ]1 [1 ]1 I2 [1 ]1 I7 ]1 I1 ]1 A1 N2 f2 I1 [1 ]1 [1 ]1 [1 ]1 I8 A1 I1 $1 %1 I1 A93 W1
A1 f1 I2 $1 %1 I2 [1 ]1 I2 ]1 I1 ]1 Ib N2 I3 f1 I1b [1 I1 ]1 I1d [1 I1 ]1 I1 [1 ]2 [1 ]2 N1 I1 Na
I2d N2 I1f A3 I6 A2 I6 A2 I6 A2 I3 A3 %1 $1 I3 $2 A12 M3 C1 A103 b3 Afa M1 Ae2 M1 A95 M5 A24 b1 A30
b1 Acf 9a A3ad b1 Ac7 b1 Ae1 M3 A1 M2 A5 M4 A28 M3 A4 M1 A10 b8 A8d M2 A9 b6 i1 A42 b7 A1e4 M4 A8 9a
A171 M2 b1 A4f M3 A46 Mb A31 M4 A7a M3 A35 Mf b2 A1d 9a M1 A2 M2 Aa M4 A2d Mb A3 b4 M1 A2d 9a A6 M3
A24 Me A1 9a b4 A1 M2 A2c M1 A1 d1 Aa M3 A30 Me A4 b2 A1 b1 M4 A1 M2 9a A1 d1 A1 b3 A4c Mc b2 A1 b2
A1 M1 A2 M1 A67 b1 A35 Mc A5 9a A6 M4 A37 M2 A1 M7 A2 M2 A2 M3 A9 M1 Aa M2 A2 M7 A3 M5 Ac0 M12 A4 b4
A1 9a b2 A2 M1 A51 M14 Ac 9a Ad5 M7 A2 M9 d1 b2 !2 A3 bf A4 M2 A52 M11 b2 Ad 9a A6 dd A3e Md A8 9a
A53 Mf A4 9a A2 b3 Aed Mf Aa5 9a A46 M6 A1 M2 A2 M4 A1 M1 A1 M2 b3 A9 9a A77 M7 A2 M7 A1 d1 A1 M1
A1c Ma A28 M7 A1 M4 d1 A1 b4 d1 A1 M1 A9 Mb A2e M10 b3 A1 d3 b2 A5d da A125 M8 A1 M8 A1 b5 Aa 9a A16
d1 !1 A20 M16 A1 Me A7a M6 A3 M1 A1 M2 A1 M7 A1 M1 A8 9a A30 M5 A1 M2 A1 M5 A8 9a A149 M4 A9 M2 A1
M1 A30 M7 A3 M5 b2 Ib 9a A83 %4 A1e b1 A470 b5 Ade3 (3 }3 A24 }1 A3 (1 }1 (1 }1 Aef (1 }2 Ab4 G7 (1
}1 G3 (1 }1 (1 }1 M1 A6 Mf A1178 (1 }1 A2490 9a A4 b2 A50 9a A26 M5 b1 A3a M7 b3 Aa b1 Ab 9a A33d b2
Ab6 M1 A1 M37 A7 M4 A4d N4 G1 Ab M2 Ae I17f8 A8 I300 A200 I9 A22f7 I123 Af N1 A1d N3 A2 N1 Ae N4 A8
I18c A9a1 M2 b1 M4 A125c M2e A2 M17 A21e M5 A3 M16 A2 M7 A1e M4 A94 M3 A589 932 A200 M37 A4 M32 A8
M1 Ae M1 A2 b4 A10 M5 A1 Mf A550 M7 A1 M11 A2 M7 A1 M2 A1 M5 A64 M1 Aa0 M7 A9 9a A164 M1 A3d M4 9a
A5 $1 A1ec M4 9a A3d6 M7 A6d M7 A5 9a A4 (2 A34c %1 A3 %1 A34f I2c X4 I64 Xc If X2 If X1 If X1 I25
Xa Ad I3 A5d I3 A3d I1 X38 R1a I3 Xd I2c X4 I9 X7 I2 Xe I6 X9a I85 E1 I16 A2 I17 A2 I5 A1 I5 E3 I2
E1 I2 E3 I2e e5 I42 E2 I2 Eb I15 E13 I3 E1 I4 E3 I1 E3 I7 E1 I1 E1 Ie A1 I1 A1 I1 A1 I5 E1 I4 A1 I1
A2 I4d A7 I10 Ae Id A18 I2a E2 I4 E1 I15 E1 I4 E2 I3d A8 I18 A6 I4b E3 I3 E5 A26 "3 m3 A4 I23 E1 I10
E3 I9 E1 Ib E1 Ib X4 I11 X3 Id X3 A74 I3 X4 I5 A55 I5 X6 Ic X4 I1 Xf Ac X4 A38 X8 Aa X6 A28 X8 A1e
X2 I2 X4e Ac E1 I2 E1 I8 E8 I6 E1 I9 Ea I2 E3 I38 E1 I3d E2 I1 E2 I1 E1 I11 E3 I1 Ed I22 A54 Xc Ie
X2 Id X3 I9 X7 I2e X1 I4 E3 X8 Ie X4 I9 X7 E9 X7 Af0 9a A6 X3fe A2 Ifffe A2 Ifffe Aa0003 M1 A1e M60
A80 Mf0 A2fe10
"""
