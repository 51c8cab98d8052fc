#!/bin/sh
# Makes a disk image for macOS. NOT TRIED YET: no Mac was at hand. See docs/packaging.md.
#   python3 scripts/package.py folder && sh packaging/macos/make-dmg.sh 1.0.0
# With SIGN_AS set to the name of a Developer ID certificate the program is signed; without, people have to allow it.
set -eu
version=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
app="$root/dist/Tagwell.app"
cp "$root/build/icons/tagwell-shop.icns" "$app/Contents/Resources/"
if [ -n "${SIGN_AS:-}" ]; then
    codesign --force --deep --options runtime --sign "$SIGN_AS" "$app"
fi
stage=$(mktemp -d)
cp -R "$app" "$stage/"
cp -R "$root/dist/tagwell/licences" "$stage/Licences"
ln -s /Applications "$stage/Applications"
hdiutil create -volname Tagwell -srcfolder "$stage" -ov -format UDZO "$root/dist/tagwell-$version.dmg"
rm -r "$stage"
