; Inno Setup script for Windows. NOT TRIED YET: no Windows computer was at hand. See docs/packaging.md.
;   python scripts\package.py folder
;   iscc /DVersion=1.2.3 packaging\windows\tagwell.iss
#ifndef Version
  #error Give the version: iscc /DVersion=1.2.3
#endif

[Setup]
AppId={{6B0C5C5E-7C38-4E0B-9C53-52A9D6A7F1E4}
AppName=Tagwell
AppVersion={#Version}
AppPublisher=The Tagwell authors
DefaultDirName={autopf}\Tagwell
DefaultGroupName=Tagwell
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
ChangesAssociations=yes
OutputDir=..\..\dist
OutputBaseFilename=tagwell-{#Version}-setup
SetupIconFile=..\..\build\icons\tagwell.ico
UninstallDisplayIcon={app}\Tagwell.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

[Files]
Source: "..\..\dist\tagwell\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "..\..\build\icons\tagwell-shop.ico"; DestDir: "{app}"

[Icons]
Name: "{group}\Tagwell"; Filename: "{app}\Tagwell.exe"
Name: "{autodesktop}\Tagwell"; Filename: "{app}\Tagwell.exe"; Tasks: desktop

[Tasks]
Name: desktop; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Registry]
Root: HKA; Subkey: "Software\Classes\.tagwell"; ValueType: string; ValueData: "Tagwell.Shop"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Tagwell.Shop"; ValueType: string; ValueData: "Tagwell shop"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Tagwell.Shop\DefaultIcon"; ValueType: string; ValueData: "{app}\tagwell-shop.ico"
Root: HKA; Subkey: "Software\Classes\Tagwell.Shop\shell\open\command"; ValueType: string; ValueData: """{app}\Tagwell.exe"" ""%1"""

[Run]
Filename: "{app}\Tagwell.exe"; Description: "{cm:LaunchProgram,Tagwell}"; Flags: nowait postinstall skipifsilent

; Shops are the person's own files and lie elsewhere: uninstalling removes none of them.
